using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Reminders;

namespace Orchestrator.Storage.Relational;

internal sealed class ReminderStore(IDatabase database) : IReminderStore
{
    private sealed record Live(Guid Id, long WorkspaceKey, string Action);

    public async Task<IReadOnlyList<Guid>> FireDueAsync(int limit, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async session =>
            {
                var due = await session.QueryAsync("find_due", ReadKey, Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (due.Count == 0)
                {
                    return [];
                }

                await session.ShareWorkspacesAsync([.. due.Select(task => task.WorkspaceKey).Distinct()]).ConfigureAwait(false);
                var locked = await session.QueryAsync(
                    "lock_tasks", static row => row.Id("id"), Parameter.IdList("@ids", [.. due.Select(task => task.Id)])).ConfigureAwait(false);
                var fired = await session.QueryAsync(
                    "fire_due",
                    ReadLive,
                    Parameter.IdList("@ids", locked),
                    Parameter.Text("@scheduled", TaskState.Scheduled.ToName()),
                    Parameter.Time("@now", await session.NowAsync().ConfigureAwait(false))).ConfigureAwait(false);
                await session.MarkReadyAsync(fired.Select(task => (task.WorkspaceKey, task.Action))).ConfigureAwait(false);
                return fired.ConvertAll(static task => task.Id);
            },
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<Guid>> FailOverdueAsync(int limit, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async session =>
            {
                var overdue = await session.QueryAsync("find_overdue", ReadKey, Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (overdue.Count == 0)
                {
                    return [];
                }

                var limited = await session.LockLimitedWorkspacesAsync([.. overdue.Select(task => task.WorkspaceKey).Distinct()]).ConfigureAwait(false);
                var locked = await session.QueryAsync(
                    "lock_tasks", static row => row.Id("id"), Parameter.IdList("@ids", [.. overdue.Select(task => task.Id)])).ConfigureAwait(false);
                var ending = new TaskEnding(TaskState.Failed)
                {
                    Error = TaskError.Of(ErrorCodes.DeadlineExceeded, "The task's deadline passed before it ended."),
                };
                foreach (var id in locked)
                {
                    await ending.WriteAsync(session, id).ConfigureAwait(false);
                }

                await session.ClearAtLimitAsync(limited).ConfigureAwait(false);
                return locked;
            },
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<Guid>> ResolveEndedAsync(int limit, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async session =>
            {
                var ended = await session.QueryAsync(
                    "find_unresolved",
                    static row => (Id: row.Id("id"), WorkspaceKey: row.BigInteger("workspace_key"), State: TaskStateNames.Parse(row.Text("status"))),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (ended.Count == 0)
                {
                    return [];
                }

                var keys = ended.Select(task => task.WorkspaceKey).Distinct().ToArray();
                await session.ShareWorkspacesAsync(keys).ConfigureAwait(false);
                var changed = new List<Guid>();
                foreach (var task in ended)
                {
                    changed.AddRange(await ResolveAsync(session, task.Id, task.State).ConfigureAwait(false));
                    await session.ExecuteAsync("mark_unresolved", Parameter.Id("@id", task.Id), Parameter.Flag("@flag", false)).ConfigureAwait(false);
                }

                await session.ClearAtLimitAsync(keys).ConfigureAwait(false);

                // A task that ended without changing others still counts as progress, so that the caller comes back for the rest.
                return changed.Count > 0 ? changed : ended.ConvertAll(static task => task.Id);
            },
            cancellationToken).ConfigureAwait(false);

    public Task<int> ResumePausedAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var resumed = await session.ExecuteAsync("resume_paused_workspaces", Parameter.Flag("@paused", false)).ConfigureAwait(false);
                return resumed + await session.ExecuteAsync("recheck_limits", Parameter.Flag("@at_limit", false)).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("next_due", static row => row.SpanOrNull("due")), cancellationToken);

    private static async Task<List<Guid>> ResolveAsync(Session session, Guid id, TaskState endedAs)
    {
        var changed = new List<Guid>();
        var dependents = await session.QueryAsync(
            "find_dependents",
            static row => (Id: row.Id("task_id"), Runs: row.Text("on_dependency_failure") == "run"),
            Parameter.Id("@id", id)).ConfigureAwait(false);
        if (dependents.Count > 0)
        {
            var succeeded = endedAs == TaskState.Completed;
            changed.AddRange(await ReleaseAsync(session, [.. dependents.Where(task => succeeded || task.Runs).Select(task => task.Id)]).ConfigureAwait(false));
            changed.AddRange(await CancelAsync(
                session,
                [.. dependents.Where(task => !succeeded && !task.Runs).Select(task => task.Id)],
                ErrorCodes.DependencyFailed,
                $"The task depends on {id}, which ended as {endedAs.ToName()}.").ConfigureAwait(false));
            await session.ExecuteAsync("delete_dependencies_on", Parameter.Id("@id", id)).ConfigureAwait(false);
        }

        if (endedAs == TaskState.Cancelled)
        {
            var children = await session.QueryAsync("find_children", static row => row.Id("id"), Parameter.Id("@id", id)).ConfigureAwait(false);
            changed.AddRange(await CancelAsync(session, children, ErrorCodes.Cancelled, $"The task's parent {id} was cancelled.").ConfigureAwait(false));
        }

        return changed;
    }

    private static async Task<IEnumerable<Guid>> ReleaseAsync(Session session, IReadOnlyList<Guid> dependents)
    {
        if (dependents.Count == 0)
        {
            return [];
        }

        await session.QueryAsync("wait_for_tasks", static _ => true, Parameter.IdList("@ids", dependents)).ConfigureAwait(false);
        var released = await session.QueryAsync(
            "release_dependents",
            static row => (Task: ReadLive(row), State: TaskStateNames.Parse(row.Text("status"))),
            Parameter.IdList("@ids", dependents),
            Parameter.Time("@now", await session.NowAsync().ConfigureAwait(false))).ConfigureAwait(false);
        await session.MarkReadyAsync(released
            .Where(task => task.State == TaskState.Queued)
            .Select(task => (task.Task.WorkspaceKey, task.Task.Action))).ConfigureAwait(false);
        return released.Where(task => task.State != TaskState.Blocked).Select(task => task.Task.Id);
    }

    private static async Task<IReadOnlyList<Guid>> CancelAsync(Session session, List<Guid> ids, string code, string message)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var live = await session.QueryAsync("wait_for_tasks", static row => row.Id("id"), Parameter.IdList("@ids", ids)).ConfigureAwait(false);
        var ending = TaskEnding.Cancelled(code, message);
        foreach (var id in live)
        {
            await ending.WriteAsync(session, id).ConfigureAwait(false);
        }

        return live;
    }

    private static (Guid Id, long WorkspaceKey) ReadKey(Row row) => (row.Id("id"), row.BigInteger("workspace_key"));

    private static Live ReadLive(Row row) => new(row.Id("id"), row.BigInteger("workspace_key"), row.Text("action"));
}
