using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Reminders;

namespace Orchestrator.Storage.Relational;

internal sealed class ReminderStore(IDatabase database) : IReminderStore
{
    /// <summary>How many workspaces one transaction resumes; the next round goes on.</summary>
    private const int MaxResumed = 500;

    private sealed record Live(Guid Id, long WorkspaceKey, string Action);

    private sealed record Ended(Guid Id, long WorkspaceKey, TaskState State);

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
                await ending.WriteAsync(session, locked).ConfigureAwait(false);
                await session.ClearAtLimitAsync(limited).ConfigureAwait(false);
                return locked;
            },
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<Guid>> ResolveEndedAsync(int limit, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async session =>
            {
                var ended = await session.QueryAsync("find_unresolved", ReadEnded, Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                var (released, cancelled) = await ResolveAsync(session, ended).ConfigureAwait(false);
                List<Guid> changed = [.. released, .. cancelled];

                // A task that ended without changing others still counts as progress, so that the caller comes back for the rest.
                return changed.Count > 0 ? changed : ended.ConvertAll(static task => task.Id);
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Carries on the end of these tasks alone; answers the tasks that were cancelled for it.</summary>
    public Task<List<Guid>> ResolveEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var ended = await session.QueryAsync("find_unresolved_of", ReadEnded, Parameter.IdList("@ids", ids)).ConfigureAwait(false);
                return (await ResolveAsync(session, ended).ConfigureAwait(false)).Cancelled;
            },
            cancellationToken);

    public Task<int> ResumePausedAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var resumed = await session.QueryAsync(
                    "lock_pauses_run_out", static row => row.BigInteger("key"), Parameter.Integer("@limit", MaxResumed)).ConfigureAwait(false);
                foreach (var key in resumed)
                {
                    await FuseBox.ResumeAsync(session, key).ConfigureAwait(false);
                }

                return resumed.Count + await session.ExecuteAsync("recheck_limits", Parameter.Flag("@at_limit", false)).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.FindAsync("next_due", static row => row.SpanOrNull("due")), cancellationToken);

    private static async Task<(List<Guid> Released, List<Guid> Cancelled)> ResolveAsync(Session session, List<Ended> ended)
    {
        List<Guid> released = [];
        List<Guid> cancelled = [];
        var keys = ended.Select(task => task.WorkspaceKey).Distinct().ToArray();
        if (keys.Length > 0)
        {
            await session.ShareWorkspacesAsync(keys).ConfigureAwait(false);
            foreach (var task in ended)
            {
                await ResolveAsync(session, task, released, cancelled).ConfigureAwait(false);
            }

            await session.ExecuteAsync(
                "mark_unresolved",
                Parameter.IdList("@ids", [.. ended.Select(task => task.Id)]),
                Parameter.Flag("@flag", false)).ConfigureAwait(false);

            await session.ClearAtLimitAsync(keys).ConfigureAwait(false);
        }

        return (released, cancelled);
    }

    private static async Task ResolveAsync(Session session, Ended task, List<Guid> released, List<Guid> cancelled)
    {
        var dependents = await session.QueryAsync(
            "find_dependents",
            static row => (Id: row.Id("task_id"), Runs: row.Text("on_dependency_failure") == "run"),
            Parameter.Id("@id", task.Id)).ConfigureAwait(false);
        if (dependents.Count > 0)
        {
            var succeeded = task.State == TaskState.Completed;
            released.AddRange(await ReleaseAsync(session, [.. dependents.Where(dependent => succeeded || dependent.Runs).Select(dependent => dependent.Id)]).ConfigureAwait(false));
            cancelled.AddRange(await CancelAsync(
                session,
                [.. dependents.Where(dependent => !succeeded && !dependent.Runs).Select(dependent => dependent.Id)],
                ErrorCodes.DependencyFailed,
                $"The task depends on {task.Id}, which ended as {task.State.ToName()}.").ConfigureAwait(false));
            await session.ExecuteAsync("delete_dependencies_on", Parameter.Id("@id", task.Id)).ConfigureAwait(false);
        }

        if (task.State == TaskState.Cancelled)
        {
            var children = await session.QueryAsync("find_children", static row => row.Id("id"), Parameter.Id("@id", task.Id)).ConfigureAwait(false);
            cancelled.AddRange(await CancelAsync(session, children, ErrorCodes.Cancelled, $"The task's parent {task.Id} was cancelled.").ConfigureAwait(false));
        }
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
        await TaskEnding.Cancelled(code, message).WriteAsync(session, live).ConfigureAwait(false);
        return live;
    }

    private static (Guid Id, long WorkspaceKey) ReadKey(Row row) => (row.Id("id"), row.BigInteger("workspace_key"));

    private static Ended ReadEnded(Row row) => new(row.Id("id"), row.BigInteger("workspace_key"), TaskStateNames.Parse(row.Text("status")));

    private static Live ReadLive(Row row) => new(row.Id("id"), row.BigInteger("workspace_key"), row.Text("action"));
}
