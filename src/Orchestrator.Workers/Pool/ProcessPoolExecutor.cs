using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Pool;

/// <summary>Runs attempts in the processes of a pool; the one executor serves all of the pool's actions.</summary>
internal sealed class ProcessPoolExecutor(PoolQueue queue, TimeProvider time) : IActionExecutor
{
    public const string NoTimeLeft = "The attempt's time was over before a worker process was free.";

    public async Task<AttemptResult> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new PoolRequest(context, time, cancellationToken);
        queue.Add(request);

        // Both only end the wait here and in the queue; a process that has the request ends its own part.
        using var cancelled = cancellationToken.UnsafeRegister(_ => Withdraw(request, request.Cancel), null);
        using var late = time.CreateTimer(
            _ => Withdraw(request, () => request.Fail(ErrorCodes.Timeout, NoTimeLeft)),
            null,
            context.Timeout,
            Timeout.InfiniteTimeSpan);
        return await request.Result.ConfigureAwait(false);
    }

    private void Withdraw(PoolRequest request, Action end)
    {
        queue.Remove(request);
        end();
    }
}
