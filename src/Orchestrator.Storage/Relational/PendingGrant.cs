namespace Orchestrator.Storage.Relational;

/// <summary>A share that a process has taken.</summary>
/// <param name="Covers">Whether it covers what was wanted; if not, a count has just found that there is no more.</param>
internal sealed record PendingGrant(long Key, long Epoch, PendingCount Share, PendingCount Cap, bool Covers)
{
    /// <summary>Raises the rows, which the caller holds.</summary>
    public static Task<int> TakeAsync(Session session, IReadOnlyCollection<PendingGrant> grants) => session.ExecuteAsync(
        "take_pending",
        Parameter.BigIntegerList("@keys", [.. grants.Select(static grant => grant.Key)]),
        Parameter.BigIntegerList("@totals", [.. grants.Select(static grant => grant.Share.Total)]),
        Parameter.BigIntegerList("@delegated_totals", [.. grants.Select(static grant => grant.Share.Delegated)]));
}
