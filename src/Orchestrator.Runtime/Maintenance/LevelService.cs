using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Resources;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Has what there is of each resource written down once a bucket of the timeline. It runs in every process; who comes first in a
/// bucket writes.
/// </summary>
public sealed class LevelService(
    ILevelStore levels,
    IOptions<TimelineOptions> options,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<LevelService> logger)
    : MaintenanceService("levels", random, timeProvider, instruments, logger)
{
    private readonly TimeSpan _bucket = options.Value.Bucket;

    /// <summary>The pause goes on for about a tenth of the next bucket, so that few come to it at once and the first is early in it.</summary>
    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken) =>
        await levels.SampleAsync(_bucket, cancellationToken).ConfigureAwait(false) + Jitter(_bucket / 10);
}
