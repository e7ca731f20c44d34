using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Retention;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>Deletes ended tasks and receipts that are past their time, in bounded batches. It runs in every process.</summary>
public sealed class RetentionService(
    IRetentionStore retention,
    IOptions<RetentionOptions> options,
    IOptions<TimelineOptions> timeline,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<RetentionService> logger)
    : MaintenanceService("retention", random, timeProvider, instruments, logger)
{
    private readonly RetentionOptions _options = options.Value;

    private readonly RetentionPeriods _periods = new(
        options.Value.Completed, options.Value.Failed, options.Value.Cancelled, options.Value.IdempotencyReceipts)
    {
        WebhookDeliveries = options.Value.WebhookDeliveries,
        Runs = options.Value.Runs,
        Timeline = timeline.Value.Kept,
        Errors = options.Value.Errors,
        Audit = options.Value.Audit,
        Refusals = options.Value.Refusals,
    };

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var purged = await retention.PurgeAsync(_periods, _options.BatchSize, cancellationToken).ConfigureAwait(false);
        Instruments.OnRows("purged", purged);
        return purged < _options.BatchSize ? Jitter(_options.Interval) : TimeSpan.Zero;
    }
}
