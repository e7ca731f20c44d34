using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Storage.Relational;

internal sealed class WorkspaceStore(IDatabase database, TaskHeuristics heuristics) : IWorkspaceStore
{
    public async Task<WorkspaceRecord?> CreateAsync(WorkspaceRecord workspace, CancellationToken cancellationToken) =>
        Prepare(await database.WriteAsync(
            async session =>
            {
                var created = await session.ExecuteAsync(
                    "insert_workspace",
                    Parameter.Text("@id", workspace.Id),
                    Parameter.Text("@name", workspace.Name),
                    Parameter.Text("@goal", workspace.Goal),
                    Parameter.Real("@weight", workspace.Weight),
                    Parameter.Integer("@max_parallel", workspace.MaxParallel),
                    Parameter.Flag("@maintenance", workspace.Maintenance)).ConfigureAwait(false);
                if (created == 0)
                {
                    return null;
                }

                await FuseChanges.WriteAsync(session, (await LockAsync(session, workspace.Id).ConfigureAwait(false))!.Value, null, workspace).ConfigureAwait(false);
                return await FindAsync(session, workspace.Id).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false));

    public Task<WorkspaceRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, id), cancellationToken);

    public Task<WorkspaceUsage?> FindUsageAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => await session.FindAsync<long?>("find_workspace", static row => row.BigInteger("key"), Parameter.Text("@id", id)).ConfigureAwait(false) is { } key
                ? await UsageBook.ReadAsync(session, key).ConfigureAwait(false)
                : null,
            cancellationToken);

    public async Task<IReadOnlyList<WorkspaceRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.ReadWorkspacesAsync(
                "list_workspaces",
                Parameter.Text("@after", after ?? string.Empty),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyDictionary<string, WorkspaceCounts>> CountTasksAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            session => session.QueryAsync(
                "count_workspace_tasks",
                static row => (Id: row.Text("id"), Counts: new WorkspaceCounts(row.BigInteger("running"), row.BigInteger("queued"))),
                Parameter.TextList("@ids", ids),
                Parameter.Integer("@most", WorkspaceCounts.MostQueued)),
            cancellationToken).ConfigureAwait(false)).ToDictionary(static one => one.Id, static one => one.Counts, StringComparer.Ordinal);

    public async Task<WorkspaceRecord?> UpdateAsync(
        string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken) =>
        Prepare(await database.WriteAsync(
            async session =>
            {
                if (await LockAsync(session, id).ConfigureAwait(false) is not { } key || await FindAsync(session, id).ConfigureAwait(false) is not { } before)
                {
                    return null;
                }

                var after = change(before);
                await session.ExecuteAsync(
                    "update_workspace",
                    Parameter.BigInteger("@key", key),
                    Parameter.Text("@name", after.Name),
                    Parameter.Text("@goal", after.Goal),
                    Parameter.Real("@weight", after.Weight),
                    Parameter.Integer("@max_parallel", after.MaxParallel),
                    Parameter.Flag("@maintenance", after.Maintenance),
                    Parameter.Flag("@at_limit", false)).ConfigureAwait(false);
                if (after.Goal != before.Goal)
                {
                    await session.ExecuteAsync(
                        "mark_goal_change",
                        Parameter.BigInteger("@key", key),
                        Parameter.Time("@now", await session.NowAsync().ConfigureAwait(false)),
                        Parameter.Id("@after", Guid.Empty)).ConfigureAwait(false);
                }

                await FuseChanges.WriteAsync(session, key, before, after).ConfigureAwait(false);
                return await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false));

    public Task<WorkspaceRecord?> PauseAsync(string id, DateTimeOffset? until, CancellationToken cancellationToken) =>
        ChangeAsync(id, (session, key) => FuseBox.PauseAsync(session, key, until, by: null), cancellationToken);

    public Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, FuseBox.ResumeAsync, cancellationToken);

    public Task<WorkspaceDeletion> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                // FOR UPDATE keeps submissions out until this has decided.
                var key = await LockAsync(session, id).ConfigureAwait(false);
                if (key is null)
                {
                    return WorkspaceDeletion.NotFound;
                }

                var keyParameter = Parameter.BigInteger("@key", key);
                if (await session.AnyAsync("workspace_has_live_tasks", keyParameter).ConfigureAwait(false)
                    || await session.AnyAsync("workspace_has_live_runs", keyParameter).ConfigureAwait(false))
                {
                    return WorkspaceDeletion.HasLiveTasks;
                }

                await session.ExecuteAsync("delete_workspace_events", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_messages", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_approvals", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_dependencies", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_finished", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_specs", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_run_outputs", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_run_timelines", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_runs", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_step_cache", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_fires", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_schedules", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_goal_change", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_receipts", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_deliveries", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_webhooks", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_journal", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_fuses", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_fuse_states", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_circuits", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_guarded_attempts", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_budgets", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_budget_ledger", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_usage_entries", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_usage", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_timeline", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_errors", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace", keyParameter).ConfigureAwait(false);
                return WorkspaceDeletion.Deleted;
            },
            cancellationToken);

    /// <summary>Tasks of a workspace with a goal are about to be scored.</summary>
    private WorkspaceRecord? Prepare(WorkspaceRecord? workspace)
    {
        if (workspace?.Goal is not null)
        {
            heuristics.WarmUp();
        }

        return workspace;
    }

    /// <summary>Holds a workspace; null when there is none.</summary>
    private static Task<long?> LockAsync(Session session, string id) =>
        session.FindAsync<long?>("lock_workspace", static row => row.BigInteger("key"), Parameter.Text("@id", id));

    private static async Task<WorkspaceRecord?> FindAsync(Session session, string id) =>
        (await session.ReadWorkspacesAsync("find_workspace", Parameter.Text("@id", id)).ConfigureAwait(false)).SingleOrDefault();

    private Task<WorkspaceRecord?> ChangeAsync(string id, Func<Session, long, Task> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                if (await LockAsync(session, id).ConfigureAwait(false) is not { } key)
                {
                    return null;
                }

                await change(session, key).ConfigureAwait(false);
                return await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken);
}
