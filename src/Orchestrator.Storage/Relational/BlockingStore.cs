using Orchestrator.Core.Scheduling;
using Orchestrator.Storage.Blocking;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Whoever changes what waits for a task notes the task in the same transaction; ranks follow in one of their own, which waits
/// for no lock. So a submission takes no locks but on what it names, however long the chains are of which that is a part.
/// </summary>
internal sealed class BlockingStore(IDatabase database) : IBlockingStore
{
    private sealed record Blocker(Guid Id, int BlockedTasks);

    public Task<int> FollowAsync(int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var changes = await session.QueryAsync(
                    "take_blocking_changes",
                    static row => (Id: row.BigInteger("id"), TaskId: row.Id("task_id")),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (changes.Count == 0)
                {
                    return 0;
                }

                var ids = changes.Select(change => change.TaskId).ToHashSet();
                var locked = await session.QueryAsync(
                    "lock_blocking", static row => new Blocker(row.Id("id"), row.Integer("blocked_tasks")), Parameter.IdList("@ids", ids)).ConfigureAwait(false);
                await FollowAsync(session, locked).ConfigureAwait(false);

                // What is live and was not locked is looked at again.
                var live = await session.QueryAsync("find_live_ids", static row => row.Id("id"), Parameter.IdList("@ids", ids)).ConfigureAwait(false);
                var left = live.Except(locked.Select(blocker => blocker.Id)).ToHashSet();
                var done = changes.Where(change => !left.Contains(change.TaskId)).Select(change => change.Id).ToArray();
                await session.ExecuteAsync("delete_blocking_changes", Parameter.BigIntegerList("@ids", done)).ConfigureAwait(false);
                return done.Length;
            },
            cancellationToken);

    /// <summary>Counts anew, and notes what changed tasks wait for themselves.</summary>
    private static async Task FollowAsync(Session session, List<Blocker> blockers)
    {
        var changed = new List<Guid>();
        foreach (var blocker in blockers)
        {
            var blocked = await session.FindAsync(
                "count_blocked",
                static row => (int)row.BigInteger("tasks"),
                Parameter.Id("@id", blocker.Id),
                Parameter.Integer("@most", Rank.MaxBlockedTasks)).ConfigureAwait(false);
            if (blocked != blocker.BlockedTasks)
            {
                changed.Add(blocker.Id);
                await session.ExecuteAsync(
                    "boost_task",
                    Parameter.Id("@id", blocker.Id),
                    Parameter.Integer("@blocked_tasks", blocked),
                    Parameter.Integer("@more", Rank.BlockedBoost(blocked) - Rank.BlockedBoost(blocker.BlockedTasks))).ConfigureAwait(false);
            }
        }

        if (changed.Count > 0)
        {
            await session.ExecuteAsync("note_blockers", Parameter.IdList("@ids", changed)).ConfigureAwait(false);
        }
    }
}
