using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Remote;

/// <summary>
/// What remote workers say of their attempts. Everything that must be known stands in the store, so any process may be told, also one
/// that did not lease the task.
/// </summary>
public sealed class RemoteAttempts(
    IRemoteLeaseStore leases,
    SettlementWriter settlements,
    ReportWriter reports,
    RemoteActions actions,
    RemoteSpans spans,
    IOptions<LeaseOptions> leaseOptions,
    IRandomSource random,
    AttemptInstruments instruments,
    LeaseInstruments leaseInstruments,
    ResourceInstruments resources,
    ILogger<RemoteAttempts> logger)
{
    private readonly OutcomePolicy _policy = new(random);
    private readonly OutcomeCounter _counter = new(instruments, resources);
    private readonly OutcomeTeller _teller = new(logger);

    /// <summary>The attempt of a token; null when there is none, or it has been over for a while.</summary>
    public Task<RemoteLease?> FindAsync(Guid token, CancellationToken cancellationToken) => leases.FindAsync(token, cancellationToken);

    public Task<RemoteRenewal> RenewAsync(Guid token, CancellationToken cancellationToken) =>
        leases.RenewAsync(token, leaseOptions.Value.Duration, cancellationToken);

    /// <summary>Whether the attempt may still report.</summary>
    public async Task<bool> ReportProgressAsync(RemoteLease lease, double fraction, string? message) =>
        await reports.WriteAsync(new AttemptReports(lease.Lease, [new AttemptEvent.Progress(lease.Lease, fraction, message)], 0)).ConfigureAwait(false) != SettlementResult.LeaseLost;

    /// <summary>Whether the attempt may still report.</summary>
    public async Task<bool> AppendAsync(RemoteLease lease, IReadOnlyList<string> chunks)
    {
        var pieces = chunks.SelectMany(static chunk => StoreText.Split(chunk, TaskLimits.MaxChunkLength))
            .Select(piece => new AttemptEvent.Chunk(lease.Lease, piece))
            .ToList();
        return await reports.WriteAsync(new AttemptReports(lease.Lease, pieces, chunks.Sum(static chunk => chunk.Length))).ConfigureAwait(false) != SettlementResult.LeaseLost;
    }

    /// <summary>Whether the result was accepted, now or when the same was said before.</summary>
    public Task<bool> CompleteAsync(RemoteLease lease, ReadOnlyMemory<byte> result, TaskUsage? usage)
    {
        var action = actions.Find(lease.Action);
        return SettleAsync(lease, action, _policy.OfSuccess(new RemoteTerms(lease, action), new AttemptResult.Success(result) { Usage = usage }));
    }

    /// <summary>Whether the failure was accepted, now or when the same was said before.</summary>
    public Task<bool> FailAsync(RemoteLease lease, TaskError error, TimeSpan? retryAfter, TaskUsage? usage)
    {
        var action = actions.Find(lease.Action);
        return SettleAsync(lease, action, _policy.OfFailure(new RemoteTerms(lease, action), new AttemptResult.Failure(error, retryAfter) { Usage = usage }));
    }

    /// <summary>Takes the task of a lease that expired; false when somebody else was faster.</summary>
    internal async Task<bool> ReapAsync(ExpiredRemoteLease expired)
    {
        var lease = expired.Lease;
        var action = actions.Find(lease.Action);
        var terms = new RemoteTerms(lease, action);
        var outcome = expired.RanOut
            ? _policy.OfTimeout(terms)
            : _policy.Retry(terms, TaskError.Of(ErrorCodes.HeartbeatMissed, "The heartbeats of the attempt stopped and its lease expired."));
        if (await WriteAsync(lease, action, outcome, ofExpiredLease: true).ConfigureAwait(false) is not { } result)
        {
            return false;
        }

        if (!expired.RanOut)
        {
            leaseInstruments.OnHeartbeatMissed();
        }

        Tell(lease, outcome);
        _counter.OnWritten(lease.Action, outcome, result);
        return true;
    }

    private async Task<bool> SettleAsync(RemoteLease lease, RemoteAction action, AttemptOutcome outcome)
    {
        if (await WriteAsync(lease, action, outcome, ofExpiredLease: false).ConfigureAwait(false) is not { } result)
        {
            leaseInstruments.OnLeaseLost();
            using var span = spans.Take(lease.Lease.Token);
            span?.Ended("lease_lost", ErrorCodes.LeaseLost);
            return false;
        }

        if (!lease.IsSettled)
        {
            Tell(lease, outcome);
            instruments.OnAttemptEnded(lease.Action, lease.Ran);
            _counter.OnWritten(lease.Action, outcome, result);
        }

        return true;
    }

    /// <summary>Says how an attempt ended, in its own trace where this process has it, and otherwise in that of whoever told it.</summary>
    private void Tell(RemoteLease lease, AttemptOutcome outcome)
    {
        var attempt = new AttemptScope(lease.Lease.TaskId, lease.Workspace, lease.Action, lease.Attempt);
        using var span = spans.Take(lease.Lease.Token);
        span?.Enter();
        using var scope = logger.BeginScope(attempt);
        _teller.Tell(span, attempt, outcome);
    }

    /// <summary>How the store took it; null when the lease was lost.</summary>
    private async Task<SettlementResult?> WriteAsync(RemoteLease lease, RemoteAction action, AttemptOutcome outcome, bool ofExpiredLease)
    {
        var settlement = new Settlement(lease.Lease, lease.WorkspaceKey, lease.Lane, outcome)
        {
            IsRemote = true,
            IsRepeated = lease.IsSettled,
            OfExpiredLease = ofExpiredLease,
            Step = lease.Step,
            Provider = action.Provider,
            Ran = lease.Ran,
        };
        var result = await settlements.WriteAsync(settlement).ConfigureAwait(false);
        return result == SettlementResult.LeaseLost ? null : result;
    }
}
