using Orchestrator.Runtime.Watching;

namespace Orchestrator.Gateway.Api;

/// <summary>Holds a request until its run has ended, its time is up, or the gateway stops.</summary>
internal sealed class RunWaiter(IRunWatcher watcher, IHostApplicationLifetime lifetime)
{
    public async Task WaitAsync(Guid id, TimeSpan wait, CancellationToken aborted)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        try
        {
            await watcher.WaitForEndAsync(id, wait, either.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The gateway stops: answer the run as it stands, the caller asks again elsewhere.
        }
    }
}
