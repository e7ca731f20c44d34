using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Tasks;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Remote;

/// <summary>
/// Ends the spans of attempts whose ends another process heard of: a remote worker may tell any gateway, and any process takes the task
/// of one that fell silent.
/// </summary>
public sealed class RemoteSpanService(
    RemoteSpans spans,
    IRemoteLeaseStore leases,
    ITaskReader tasks,
    IRandomSource random,
    TimeProvider timeProvider,
    MaintenanceInstruments instruments,
    ILogger<RemoteSpanService> logger)
    : MaintenanceService("remote-spans", random, timeProvider, instruments, logger)
{
    /// <summary>What conventions have for an error whose code is not known.</summary>
    private const string OtherError = "_OTHER";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        spans.Leave();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        foreach (var token in spans.FindSilent())
        {
            var lease = await leases.FindAsync(token, cancellationToken).ConfigureAwait(false);
            var task = lease is null
                ? null
                : (await tasks.FindManyAsync([lease.Lease.TaskId], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(lease.Lease.TaskId);
            if (EndOf(lease, task) is not { } end)
            {
                spans.OnRunning(token);
                continue;
            }

            using var span = spans.Take(token);
            span?.Ended(end.Outcome, end.Code);
            if (lease is not null)
            {
                span?.Took(lease.Ran);
            }
        }

        return Jitter(LeaseReaper.Interval);
    }

    /// <summary>How an attempt ended; null while it runs.</summary>
    private static (string Outcome, string? Code)? EndOf(RemoteLease? lease, TaskRecord? task) => (lease, task) switch
    {
        (null, _) or (_, null) => ("lease_lost", ErrorCodes.LeaseLost),
        ({ IsSettled: false }, { State: TaskState.Processing }) when task.Attempt == lease.Attempt => null,
        ({ IsSettled: false }, _) => ("stopped", nameof(StopReason.Revoked)),
        (_, { State: TaskState.Completed }) when task.Attempt == lease.Attempt => ("completed", null),
        (_, { State: TaskState.Failed }) when task.Attempt == lease.Attempt => ("failed", task.Error?.Code ?? OtherError),
        _ => ("retried", task.Error?.Code ?? OtherError),
    };
}
