using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Reminders;

namespace Orchestrator.Storage.Relational;

internal sealed class ReminderStore(IDatabase database, RunEngine runs) : IReminderStore
{
    /// <summary>How many workspaces one transaction resumes; the next round goes on.</summary>
    private const int MaxResumed = 500;

    private sealed record Live(Guid Id, long WorkspaceKey, string Lane);

    private sealed record Dependent(Guid On, Guid Id, bool Runs);

    private sealed record Ended(Guid Id, long WorkspaceKey, TaskState State, string? ErrorCode, Guid? RunId)
    {
        public bool TakesChildrenAlong => State == TaskState.Cancelled || ErrorCode == ErrorCodes.DeadlineExceeded;
    }

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
                await session.MarkReadyAsync(fired.Select(task => (task.WorkspaceKey, task.Lane))).ConfigureAwait(false);
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
        await runs.RunAsync(
            async (session, advance) =>
            {
                var ended = await session.QueryAsync("find_unresolved", ReadEnded, Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                var (released, cancelled) = await ResolveAsync(session, ended, advance).ConfigureAwait(false);
                List<Guid> changed = [.. released, .. cancelled];

                // A task that ended without changing others still counts as progress, so that the caller comes back for the rest.
                return changed.Count > 0 ? changed : ended.ConvertAll(static task => task.Id);
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Carries on the end of these tasks alone; answers the tasks that were cancelled for it.</summary>
    public Task<List<Guid>> ResolveEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        runs.RunAsync(
            async (session, advance) =>
            {
                var ended = await session.QueryAsync("find_unresolved_of", ReadEnded, Parameter.IdList("@ids", ids)).ConfigureAwait(false);
                return (await ResolveAsync(session, ended, advance).ConfigureAwait(false)).Cancelled;
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

    /// <summary>One step for all: whoever waits for several of them is locked and written once, and locks are taken in the order of the ids.</summary>
    private static async Task<(List<Guid> Released, List<Guid> Cancelled)> ResolveAsync(Session session, List<Ended> ended, RunAdvance advance)
    {
        if (ended.Count == 0)
        {
            return ([], []);
        }

        var keys = ended.Select(task => task.WorkspaceKey).Distinct().ToArray();
        await session.ShareWorkspacesAsync(keys).ConfigureAwait(false);
        var byId = ended.ToDictionary(static task => task.Id);
        var ids = Parameter.IdList("@ids", byId.Keys);
        var dependents = await session.QueryAsync("find_dependents", ReadDependent, ids).ConfigureAwait(false);
        var children = await FindChildrenAsync(session, ended).ConfigureAwait(false);
        var live = dependents.Select(static dependent => dependent.Id).Concat(children.Select(static child => child.Id)).Distinct().ToArray();
        var held = live.Length == 0
            ? []
            : (await session.QueryAsync("wait_for_tasks", static row => row.Id("id"), Parameter.IdList("@ids", live)).ConfigureAwait(false)).ToHashSet();
        if (dependents.Count > 0)
        {
            await session.ExecuteAsync("delete_dependencies_on", ids).ConfigureAwait(false);
        }

        var cancelled = new List<Guid>();
        foreach (var cause in dependents.Where(dependent => byId[dependent.On].State != TaskState.Completed && !dependent.Runs).GroupBy(dependent => byId[dependent.On]))
        {
            await CancelAsync(cause.Select(static dependent => dependent.Id), ErrorCodes.DependencyFailed, $"The task depends on {cause.Key.Id}, which ended as {cause.Key.State.ToName()}.").ConfigureAwait(false);
        }

        foreach (var cause in children.GroupBy(child => byId[child.ParentId]))
        {
            var how = cause.Key.State == TaskState.Cancelled ? "was cancelled" : "missed its deadline";
            await CancelAsync(cause.Select(static child => child.Id), ErrorCodes.Cancelled, $"The task's parent {cause.Key.Id} {how}.").ConfigureAwait(false);
        }

        var released = await ReleaseAsync(session, [.. dependents.Select(static dependent => dependent.Id).Where(held.Contains).Distinct()]).ConfigureAwait(false);
        await session.ExecuteAsync("mark_unresolved", ids, Parameter.Flag("@flag", false)).ConfigureAwait(false);
        await session.ClearAtLimitAsync(keys).ConfigureAwait(false);
        var steps = ended.Where(static task => task.RunId is not null).Select(static task => task.Id).ToArray();
        if (steps.Length > 0)
        {
            await advance.EndAsync(steps).ConfigureAwait(false);
        }

        return (released, cancelled);

        async Task CancelAsync(IEnumerable<Guid> tasks, string code, string message)
        {
            var ending = tasks.Where(held.Remove).ToList();
            await TaskEnding.Cancelled(code, message).WriteAsync(session, ending).ConfigureAwait(false);
            cancelled.AddRange(ending);
        }
    }

    /// <summary>The live children of those that take theirs with them: tasks that were cancelled, or missed their deadline.</summary>
    private static async Task<List<(Guid Id, Guid ParentId)>> FindChildrenAsync(Session session, List<Ended> ended)
    {
        var parents = ended.Where(static task => task.TakesChildrenAlong).Select(static task => task.Id).ToArray();
        return parents.Length == 0
            ? []
            : await session.QueryAsync("find_children", static row => (row.Id("id"), row.Id("parent_id")), Parameter.IdList("@ids", parents)).ConfigureAwait(false);
    }

    private static async Task<List<Guid>> ReleaseAsync(Session session, IReadOnlyList<Guid> dependents)
    {
        if (dependents.Count == 0)
        {
            return [];
        }

        var released = await session.QueryAsync(
            "release_dependents",
            static row => (Task: ReadLive(row), State: TaskStateNames.Parse(row.Text("status"))),
            Parameter.IdList("@ids", dependents),
            Parameter.Time("@now", await session.NowAsync().ConfigureAwait(false))).ConfigureAwait(false);
        await session.MarkReadyAsync(released
            .Where(task => task.State == TaskState.Queued)
            .Select(task => (task.Task.WorkspaceKey, task.Task.Lane))).ConfigureAwait(false);
        return [.. released.Where(static task => task.State is TaskState.Queued or TaskState.Scheduled).Select(static task => task.Task.Id)];
    }

    private static (Guid Id, long WorkspaceKey) ReadKey(Row row) => (row.Id("id"), row.BigInteger("workspace_key"));

    private static Ended ReadEnded(Row row) =>
        new(row.Id("id"), row.BigInteger("workspace_key"), TaskStateNames.Parse(row.Text("status")), row.TextOrNull("error_code"), row.IdOrNull("run_id"));

    private static Live ReadLive(Row row) => new(row.Id("id"), row.BigInteger("workspace_key"), row.Text("lane"));

    /// <summary>Who waits for its children goes on however they ended.</summary>
    private static Dependent ReadDependent(Row row) => new(
        row.Id("depends_on"),
        row.Id("task_id"),
        row.Text("on_dependency_failure") == "run" || row.TextOrNull("status") == TaskState.Waiting.ToName());
}
