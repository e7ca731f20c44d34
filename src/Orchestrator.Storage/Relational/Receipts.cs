using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>What was done under a caller's key. The caller holds or shares the workspace, or the task that it is about.</summary>
internal static class Receipts
{
    /// <param name="IsSame">Whether it was the same request.</param>
    public sealed record Receipt(bool IsSame, IReadOnlyList<Guid> TaskIds);

    public static Task<Receipt?> FindAsync(Session session, long workspaceKey, IdempotencyKey key) =>
        session.FindAsync(
            "find_receipt",
            row => new Receipt(row.Bytes("body_hash").AsSpan().SequenceEqual(key.BodyHash.Span), Json.ToIds(row.Text("task_ids"))),
            Parameter.BigInteger("@workspace_key", workspaceKey),
            Parameter.Text("@idempotency_key", key.Key));

    /// <summary>False when there is one already.</summary>
    public static async Task<bool> InsertAsync(Session session, long workspaceKey, IdempotencyKey key, IReadOnlyCollection<Guid> taskIds) =>
        await session.ExecuteAsync(
            "insert_receipt",
            Parameter.BigInteger("@workspace_key", workspaceKey),
            Parameter.Text("@idempotency_key", key.Key),
            Parameter.Bytes("@body_hash", key.BodyHash),
            Parameter.Text("@task_ids", Json.OfIds(taskIds))).ConfigureAwait(false) > 0;
}
