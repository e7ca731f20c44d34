using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Priorities;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Scores the pending tasks of workspaces whose goal was changed, a bounded step at a time, whoever changed it. It runs in every
/// process, so that a change outlives the one that took it.
/// </summary>
public sealed class RescoreService(
    IScoreStore scores,
    ScoringQueue queue,
    SignalHub hub,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<RescoreService> logger)
    : MaintenanceService("rescoring", random, timeProvider, instruments, logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Their rows are held while they are scored, and turns pass over them meanwhile.</summary>
    private const int BatchSize = 250;

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await scores.RescoreAsync(BatchSize, cancellationToken).ConfigureAwait(false) is not { } step)
        {
            return Jitter(Interval);
        }

        Instruments.OnRows("rescored", step.Changed.Count);
        hub.SignalChanged(step.Changed);
        queue.Offer(step.Pending);

        // A turn may have passed over what the step held.
        hub.SignalReady();
        return TimeSpan.Zero;
    }
}
