using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Observing;

/// <summary>Keeps the figures of the cluster fresh for those who are sent metrics unasked; whoever scrapes has them read then.</summary>
public sealed class ClusterRefresher(
    IRandomSource random, TimeProvider timeProvider, MaintenanceInstruments instruments, ILogger<ClusterRefresher> logger, ClusterReader? reader = null)
    : MaintenanceService("cluster-figures", random, timeProvider, instruments, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (reader is not null)
        {
            await reader.ReadAsync().ConfigureAwait(false);
        }

        return Pause;
    }
}
