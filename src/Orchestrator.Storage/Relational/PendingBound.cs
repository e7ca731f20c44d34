using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Relational;

/// <summary>What the row of a workspace says of its pending tasks.</summary>
/// <param name="Taken">Never less than its live tasks.</param>
internal sealed record PendingBound(long Key, long Epoch, PendingCount Taken, PendingCount Cap, DateTimeOffset? CountedAt)
{
    public PendingCount Left => Cap - Taken;

    /// <summary>Reads the rows and holds them against others who take shares.</summary>
    public static Task<List<PendingBound>> LockAsync(Session session, params IReadOnlyCollection<long> keys) => QueryAsync(session, "lock_pending", keys);

    /// <summary>Reads the rows.</summary>
    public static Task<List<PendingBound>> ReadAsync(Session session, IReadOnlyCollection<long> keys) => QueryAsync(session, "find_pending", keys);

    private static Task<List<PendingBound>> QueryAsync(Session session, string query, IReadOnlyCollection<long> keys) => session.QueryAsync(
        query,
        static row => new PendingBound(
            row.BigInteger("key"),
            row.BigInteger("pending_epoch"),
            new PendingCount(row.BigInteger("pending_total"), row.BigInteger("pending_delegated")),
            new PendingCount(
                row.IntegerOrNull("max_total") ?? FuseDefaults.PendingTotal, row.IntegerOrNull("max_delegated") ?? FuseDefaults.PendingDelegated),
            row.TimeOrNull("pending_counted_at")),
        Parameter.BigIntegerList("@keys", keys));

    /// <summary>A share that covers what is wanted; null when there is too little and a count may find more.</summary>
    public PendingGrant? Grant(PendingCount wanted, DateTimeOffset now)
    {
        var covers = Left.Covers(wanted);
        return covers || CountedAt > now - PendingRules.CountEvery
            ? new PendingGrant(Key, Epoch, covers ? Left.ShareFor(wanted) : Left.AtMost(wanted), Cap, covers)
            : null;
    }
}
