using Microsoft.Extensions.Hosting;

namespace Orchestrator.Runtime.Hosting;

/// <summary>
/// A background service that begins once everything in the host has started, its listeners too. So a process that cannot listen
/// takes nothing on.
/// </summary>
public abstract class StartedService : BackgroundService, IHostedLifecycleService
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped before the host had started.
            return;
        }

        await RunAsync(stoppingToken).ConfigureAwait(false);
    }

    /// <summary>What the service does until it is to stop.</summary>
    protected abstract Task RunAsync(CancellationToken stoppingToken);
}
