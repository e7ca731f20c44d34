using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Submissions;
using Orchestrator.Storage.Bulk;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Carries bulk operations on, a bounded step at a time, whoever created them. It runs in every process, so that an
/// operation outlives the one that took it.
/// </summary>
public sealed class BulkService(
    IBulkStore bulk,
    TaskRepetition repetition,
    ScoringQueue scoring,
    SignalHub hub,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<BulkService> logger)
    : MaintenanceService("bulk", random, timeProvider, instruments, logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int BatchSize = 200;

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await bulk.StepAsync(BatchSize, repetition.Of, cancellationToken).ConfigureAwait(false) is not { } step)
        {
            return Jitter(Interval);
        }

        Instruments.OnRows("bulk", step.Looked);
        hub.SignalMade(step.Made);
        scoring.Offer(step.Made);
        hub.SignalEnded(step.Ended);
        hub.SignalReady();
        hub.SignalDue();
        return TimeSpan.Zero;
    }
}
