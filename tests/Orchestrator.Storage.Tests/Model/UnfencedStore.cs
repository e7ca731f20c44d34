using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A store that settles by the task's id alone: whoever comes for a task that is running, under whatever lease, is let in.</summary>
internal sealed class UnfencedStore(IStore store) : BorrowedStore(store), ITurnStore, ILeaseStore
{
    private readonly Dictionary<Guid, LeaseId> _current = [];
    private readonly IStore _store = store;

    public override ITurnStore Turns => this;

    public override ILeaseStore Leases => this;

    public async Task<TurnResult> TakeAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        var turn = await _store.Turns.TakeAsync(request, cancellationToken);
        foreach (var task in turn.Tasks)
        {
            _current[task.Lease.TaskId] = task.Lease;
        }

        return turn;
    }

    public Task<IReadOnlyList<SettlementResult>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken) =>
        _store.Leases.SettleAsync([.. settlements.Select(settlement => settlement with { Lease = _current[settlement.Lease.TaskId] })], cancellationToken);

    public IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration) => _store.Leases.Renew(leases, duration);

    public Task<IReadOnlyList<SettlementResult>> AppendAsync(IReadOnlyList<AttemptEvent> events, CancellationToken cancellationToken) =>
        _store.Leases.AppendAsync(events, cancellationToken);

    public Task<IReadOnlyList<ExpiredLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken) =>
        _store.Leases.FindExpiredAsync(limit, cancellationToken);
}
