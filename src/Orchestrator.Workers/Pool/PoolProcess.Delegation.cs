using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;

namespace Orchestrator.Workers.Pool;

/// <summary>What the process asks of the store. It waits for the answer, and the pool goes on reading its lines meanwhile.</summary>
internal sealed partial class PoolProcess
{
    private async Task ServeQuestionAsync(PoolRequest request, PoolMessage message)
    {
        try
        {
            await (message.Type switch
            {
                PoolMessageType.Delegate => DelegateAsync(request, message),
                PoolMessageType.Outcomes => TellOutcomesAsync(request, message),
                _ => TellDecisionAsync(request, message),
            }).ConfigureAwait(false);
        }
        catch (DelegationException exception)
        {
            await WriteAsync(PoolRequestWriter.Refused(message, exception.Code, exception.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the result any more, and the process hears of that.
        }
        catch (Exception exception)
        {
            LogDelegationFailed(_logger, exception, Id, _worker, message.Id);
            await WriteAsync(PoolRequestWriter.Refused(message, ErrorCodes.WorkerError, TaskError.Clip(exception.Message))).ConfigureAwait(false);
        }
    }

    private async Task DelegateAsync(PoolRequest request, PoolMessage message)
    {
        var children = await request.Attempt.Delegation
            .CreateAsync(PoolChildren.Read(message.Tasks), message.Checkpoint, request.Cancellation).ConfigureAwait(false);
        await WriteAsync(PoolRequestWriter.Delegated(message, children)).ConfigureAwait(false);
    }

    private async Task TellOutcomesAsync(PoolRequest request, PoolMessage message)
    {
        if (await request.Attempt.Delegation.FindOutcomesAsync(message.Children, request.Cancellation).ConfigureAwait(false) is not { } outcomes)
        {
            await WriteAsync(PoolRequestWriter.Pending(message)).ConfigureAwait(false);
            return;
        }

        foreach (var outcome in outcomes)
        {
            await WriteAsync(PoolRequestWriter.Outcome(message, outcome)).ConfigureAwait(false);
        }
    }
}
