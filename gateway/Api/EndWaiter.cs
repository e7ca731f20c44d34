using Orchestrator.Runtime.Watching;

namespace Orchestrator.Gateway.Api;

/// <summary>Holds a request until its task or run has ended, its time is up, or the gateway stops.</summary>
internal sealed class EndWaiter(ITaskWatcher tasks, IRunWatcher runs, IHostApplicationLifetime lifetime)
{
    public Task WaitForTaskAsync(Guid id, TimeSpan wait, CancellationToken aborted) => WaitAsync(tasks.WaitForEndAsync, id, wait, aborted);

    public Task WaitForRunAsync(Guid id, TimeSpan wait, CancellationToken aborted) => WaitAsync(runs.WaitForEndAsync, id, wait, aborted);

    private async Task WaitAsync(Func<Guid, TimeSpan, CancellationToken, Task<bool>> waitForEnd, Guid id, TimeSpan wait, CancellationToken aborted)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        try
        {
            await waitForEnd(id, wait, either.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The gateway stops: answer what is asked for as it stands, the caller asks again elsewhere.
        }
    }
}
