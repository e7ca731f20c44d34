using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Relational;

/// <summary>How a workspace becomes dispatchable and stays findable; see the comment on the table <c>workspaces</c>.</summary>
internal static class Readiness
{
    /// <summary>Holds the rows of workspaces in which this transaction makes tasks ready. Comes before any lock on a task.</summary>
    public static Task ShareWorkspacesAsync(this Session session, IReadOnlyCollection<long> keys) =>
        session.QueryAsync("share_workspaces", static _ => true, Parameter.BigIntegerList("@keys", keys));

    /// <summary>Says that these lanes of these workspaces have ready tasks.</summary>
    public static async Task MarkReadyAsync(this Session session, IEnumerable<(long WorkspaceKey, string Lane)> ready)
    {
        foreach (var workspace in ready.Distinct().GroupBy(pair => pair.WorkspaceKey, pair => pair.Lane).OrderBy(group => group.Key))
        {
            await session.ExecuteAsync(
                "mark_ready",
                Parameter.BigInteger("@key", workspace.Key),
                Parameter.TextList("@actions", [.. workspace]),
                Parameter.Flag("@with_skills", workspace.Any(TaskLane.NamesSkills))).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Holds the rows of those workspaces that have a limit and in which this transaction ends attempts; answers their keys.
    /// Comes before any lock on a task.
    /// </summary>
    public static Task<List<long>> LockLimitedWorkspacesAsync(this Session session, IReadOnlyCollection<long> keys) =>
        session.QueryAsync("lock_limited_workspaces", static row => row.BigInteger("key"), Parameter.BigIntegerList("@keys", keys));

    /// <summary>Says that these workspaces are below their limit again.</summary>
    public static async Task ClearAtLimitAsync(this Session session, IReadOnlyCollection<long> limitedKeys)
    {
        if (limitedKeys.Count > 0)
        {
            await session.ExecuteAsync(
                "clear_at_limit",
                Parameter.BigIntegerList("@keys", limitedKeys),
                Parameter.Flag("@at_limit", false)).ConfigureAwait(false);
        }
    }

    /// <summary>The database's clock.</summary>
    public static Task<DateTimeOffset> NowAsync(this Session session) =>
        session.FindAsync("now", static row => row.Time("now"))!;
}
