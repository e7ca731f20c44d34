using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage;

namespace Orchestrator.Runtime.Hosting;

/// <summary>
/// Lets nothing start before the store's schema is current. While the store is away it is tried again for
/// <see cref="Patience"/>; then the host fails to start.
/// </summary>
public sealed partial class StoreGate(IStore store, IRandomSource random, TimeProvider timeProvider, ILogger<StoreGate> logger) : IHostedLifecycleService
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var backoff = new Backoff(FirstPause, LongestPause, random);
        while (true)
        {
            try
            {
                await store.MigrateAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException exception) when (timeProvider.GetElapsedTime(started) < Patience)
            {
                LogAway(exception.Message);
                await Task.Delay(backoff.Next(), timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1801, LogLevel.Warning, "The store is not there yet ({Problem}); the start waits for it.")]
    private partial void LogAway(string problem);
}
