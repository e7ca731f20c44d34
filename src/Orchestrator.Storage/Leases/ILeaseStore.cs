namespace Orchestrator.Storage.Leases;

public interface ILeaseStore
{
    /// <summary>
    /// Extends the leases that are still held, all in one statement, and answers those that are not. It blocks, because
    /// it runs on a thread of its own that a starved pool cannot delay.
    /// </summary>
    IReadOnlyList<LeaseId> Renew(IReadOnlyList<LeaseId> leases, TimeSpan duration);

    /// <summary>Writes the ends of attempts, each under its fence, all in one transaction; answers in the same order.</summary>
    Task<IReadOnlyList<SettlementResult>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken);

    /// <summary>Appends what running attempts report, each under its fence and in the given order; answers in the same order.</summary>
    Task<IReadOnlyList<SettlementResult>> AppendAsync(IReadOnlyList<AttemptEvent> events, CancellationToken cancellationToken);

    /// <summary>Finds leases past their expiry, the oldest first.</summary>
    Task<IReadOnlyList<ExpiredLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken);
}
