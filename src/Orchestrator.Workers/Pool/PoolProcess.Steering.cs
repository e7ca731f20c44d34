using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Steering;

namespace Orchestrator.Workers.Pool;

/// <summary>What the process asks people.</summary>
internal sealed partial class PoolProcess
{
    private async Task TellDecisionAsync(PoolRequest request, PoolMessage message)
    {
        var journal = request.Attempt.Journal;
        var answer = message.Key is { } key
            ? await journal.FindAnswerAsync(key, request.Cancellation).ConfigureAwait(false)
            : await journal.FindAnswerAsync(request.Cancellation).ConfigureAwait(false);
        await WriteAsync(answer is null ? PoolRequestWriter.Pending(message) : PoolRequestWriter.Decided(message, answer)).ConfigureAwait(false);
    }

    private static AttemptResult.Asking ToAsking(PoolMessage message)
    {
        // What is out of bounds is refused when the attempt ends, whatever the number was.
        var most = (long)TaskLimits.MaxApprovalTime.TotalMilliseconds + 1;
        TimeSpan? limit = message.TimeoutMs is { } ms ? TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, most)) : null;
        return new AttemptResult.Asking(new ApprovalRequest(message.Question, message.Details, limit) { Key = message.Key }, message.Checkpoint);
    }
}
