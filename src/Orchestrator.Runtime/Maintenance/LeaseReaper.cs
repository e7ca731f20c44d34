using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Takes tasks from silos that fell silent: retried with backoff, or failed when their attempts are used. It runs in silos
/// only, because the bound that a worker sets on attempts is known there.
/// </summary>
public sealed partial class LeaseReaper(
    ILeaseStore leases,
    SettlementWriter settlements,
    ActionCatalog catalog,
    IRandomSource random,
    TimeProvider timeProvider,
    LeaseInstruments leaseInstruments,
    AttemptInstruments attemptInstruments,
    MaintenanceInstruments instruments,
    ILogger<LeaseReaper> logger)
    : MaintenanceService("lease-reaper", random, timeProvider, instruments, logger)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int BatchSize = 500;

    private readonly IRandomSource _jitter = random;

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        var expired = await leases.FindExpiredAsync(BatchSize, cancellationToken).ConfigureAwait(false);
        var outcomes = await Task.WhenAll(expired.Select(ReapAsync)).ConfigureAwait(false);
        var retried = outcomes.Count(static outcome => outcome is AttemptOutcome.Retried);
        var failed = outcomes.Count(static outcome => outcome is AttemptOutcome.Failed);
        if (retried + failed > 0)
        {
            LogReaped(retried + failed, retried, failed);
        }

        return expired.Count < BatchSize ? Jitter(Interval) : TimeSpan.Zero;
    }

    /// <summary>Takes a task back; null when somebody else was faster.</summary>
    private async Task<AttemptOutcome?> ReapAsync(ExpiredLease expired)
    {
        var outcome = Decide(expired);
        var settlement = new Settlement(expired.Lease, expired.WorkspaceKey, expired.Lane, outcome) { OfExpiredLease = true };
        if (await settlements.WriteAsync(settlement).ConfigureAwait(false) == SettlementResult.LeaseLost)
        {
            // Another silo was faster, or the lease was renewed after all.
            return null;
        }

        LogTaken(expired.Lease.TaskId, expired.Attempt);
        leaseInstruments.OnHeartbeatMissed();
        Instruments.OnRows("reaped", 1);
        if (outcome is AttemptOutcome.Failed)
        {
            attemptInstruments.OnTaskFailed(ErrorCodes.HeartbeatMissed);
        }
        else
        {
            attemptInstruments.OnTaskRetried(expired.Action);
        }

        return outcome;
    }

    private AttemptOutcome Decide(ExpiredLease expired)
    {
        var error = TaskError.Of(ErrorCodes.HeartbeatMissed, "The heartbeats of the attempt stopped and its lease expired.");
        var action = catalog.Find(expired.Action);
        var maxAttempts = action?.CapAttempts(expired.MaxAttempts) ?? expired.MaxAttempts;
        var delay = catalog.RetriesOf(expired.Action).NextDelay(error, expired.Attempt, maxAttempts, null, _jitter.NextDouble());
        return delay is { } pause ? new AttemptOutcome.Retried(error, pause) : new AttemptOutcome.Failed(action?.Final(error, expired.MaxAttempts) ?? error);
    }

    [LoggerMessage(1611, LogLevel.Warning, "{Count} leases expired, because their silo stopped renewing them: {Retried} tasks are tried again, {Failed} have failed.")]
    private partial void LogReaped(int count, int retried, int failed);

    [LoggerMessage(1612, LogLevel.Debug, "Attempt {Attempt} at task {TaskId} let its lease expire; the task was taken from it.")]
    private partial void LogTaken(Guid taskId, int attempt);
}
