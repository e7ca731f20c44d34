using Microsoft.Extensions.Hosting;

namespace Orchestrator.Workers.Pool;

/// <summary>Starts the pool once the host has started, so that one that cannot listen starts no process, and stops it only when every service that may still use it has stopped.</summary>
internal sealed class ProcessPoolService(ProcessPoolProvider provider) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        provider.Start();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => provider.StopAsync();
}
