using Orchestrator.Storage.Invariants;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Reminders;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Signals;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A store that settles by the task's id alone: whoever comes for a task that is running, under whatever lease, is let in.</summary>
internal sealed class UnfencedStore(IStore store) : IStore, ITurnStore, ILeaseStore
{
    private readonly Dictionary<Guid, LeaseId> _current = [];

    public IWorkspaceStore Workspaces => store.Workspaces;

    public ISubmissionStore Submissions => store.Submissions;

    public ITurnStore Turns => this;

    public ILeaseStore Leases => this;

    public ITaskReader Tasks => store.Tasks;

    public ITaskControl Control => store.Control;

    public IReminderStore Reminders => store.Reminders;

    public ISiloStore Silos => store.Silos;

    public IRetentionStore Retention => store.Retention;

    public ISignalTransport Signals => store.Signals;

    public IInvariantStore Invariants => store.Invariants;

    public Task MigrateAsync(CancellationToken cancellationToken) => store.MigrateAsync(cancellationToken);

    public Task CheckReadyAsync(CancellationToken cancellationToken) => store.CheckReadyAsync(cancellationToken);

    public async Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        var turn = await store.Turns.TakeAsync(request, cancellationToken);
        foreach (var task in turn.Tasks)
        {
            _current[task.Lease.TaskId] = task.Lease;
        }

        return turn;
    }

    public Task<IReadOnlyList<SettlementResult>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken) =>
        store.Leases.SettleAsync([.. settlements.Select(settlement => settlement with { Lease = _current[settlement.Lease.TaskId] })], cancellationToken);

    public IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration) => store.Leases.Renew(leases, duration);

    public Task<IReadOnlyList<SettlementResult>> AppendAsync(IReadOnlyList<AttemptEvent> events, CancellationToken cancellationToken) =>
        store.Leases.AppendAsync(events, cancellationToken);

    public Task<IReadOnlyList<ExpiredLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken) =>
        store.Leases.FindExpiredAsync(limit, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
