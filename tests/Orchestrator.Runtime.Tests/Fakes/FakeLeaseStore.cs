using System.Collections.Concurrent;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Runtime.Tests.Fakes;

/// <summary>A lease store that records what it is given and answers what a test says.</summary>
internal sealed class FakeLeaseStore : ILeaseStore
{
    public ConcurrentQueue<Settlement> Settled { get; } = new();

    public ConcurrentQueue<AttemptEvent> Appended { get; } = new();

    public ConcurrentQueue<IReadOnlyList<LeaseId>> Renewals { get; } = new();

    public List<ExpiredLease> Expired { get; } = [];

    public Func<Settlement, SettlementResult> OnSettle { get; set; } = static _ => SettlementResult.Accepted;

    public Func<AttemptEvent, SettlementResult> OnAppend { get; set; } = static _ => SettlementResult.Accepted;

    public Func<IReadOnlyList<LeaseId>, IReadOnlyList<LeaseId>> OnRenew { get; set; } = static _ => [];

    public IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration)
    {
        Renewals.Enqueue(leases);
        return OnRenew(leases);
    }

    public Task<IReadOnlyList<SettlementResult>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken)
    {
        IReadOnlyList<SettlementResult> results = [.. settlements.Select(OnSettle)];
        foreach (var settlement in settlements)
        {
            Settled.Enqueue(settlement);
        }

        return Task.FromResult(results);
    }

    public Task<IReadOnlyList<SettlementResult>> AppendAsync(IReadOnlyList<AttemptEvent> events, CancellationToken cancellationToken)
    {
        IReadOnlyList<SettlementResult> results = [.. events.Select(OnAppend)];
        foreach (var reported in events)
        {
            Appended.Enqueue(reported);
        }

        return Task.FromResult(results);
    }

    public Task<IReadOnlyList<ExpiredLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ExpiredLease>>([.. Expired.Take(limit)]);
}
