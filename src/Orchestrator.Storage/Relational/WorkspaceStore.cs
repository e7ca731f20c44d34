using Orchestrator.Core.Webhooks;
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
                return created == 0 ? null : await FindAsync(session, workspace.Id).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false));

    public Task<WorkspaceRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, id), cancellationToken);

    public async Task<IReadOnlyList<WorkspaceRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_workspaces",
                Read,
                Parameter.Text("@after", after ?? string.Empty),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public async Task<WorkspaceRecord?> UpdateAsync(
        string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken) =>
        Prepare(await database.WriteAsync(
            async session =>
            {
                var key = 0L;
                var before = await session.FindAsync("lock_workspace", row => { key = row.BigInteger("key"); return Read(row); }, Parameter.Text("@id", id))
                    .ConfigureAwait(false);
                if (before is null)
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

                return await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false));

    public Task<WorkspaceRecord?> PauseAsync(string id, DateTimeOffset? until, CancellationToken cancellationToken) =>
        SetPausedAsync(id, true, until, cancellationToken);

    public Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken) =>
        SetPausedAsync(id, false, null, cancellationToken);

    public Task<WorkspaceDeletion> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                // FOR UPDATE keeps submissions out until this has decided.
                var key = await session.FindAsync<long?>("lock_workspace", row => row.BigInteger("key"), Parameter.Text("@id", id))
                    .ConfigureAwait(false);
                if (key is null)
                {
                    return WorkspaceDeletion.NotFound;
                }

                var keyParameter = Parameter.BigInteger("@key", key);
                if (await session.AnyAsync("workspace_has_live_tasks", keyParameter).ConfigureAwait(false))
                {
                    return WorkspaceDeletion.HasLiveTasks;
                }

                await session.ExecuteAsync("delete_workspace_events", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_dependencies", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_finished", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_specs", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_fires", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_schedules", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_goal_change", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_receipts", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_deliveries", keyParameter).ConfigureAwait(false);
                await session.ExecuteAsync("delete_workspace_webhooks", keyParameter).ConfigureAwait(false);
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

    private static Task<WorkspaceRecord?> FindAsync(Session session, string id) =>
        session.FindAsync("find_workspace", Read, Parameter.Text("@id", id));

    private Task<WorkspaceRecord?> SetPausedAsync(string id, bool paused, DateTimeOffset? until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var before = await session.FindAsync<(long Key, bool Paused)?>(
                    "lock_workspace", static row => (row.BigInteger("key"), row.Flag("paused")), Parameter.Text("@id", id)).ConfigureAwait(false);
                await session.ExecuteAsync(
                    "pause_workspace",
                    Parameter.Text("@id", id),
                    Parameter.Flag("@paused", paused),
                    Parameter.Time("@until", until)).ConfigureAwait(false);
                if (before is { } workspace && workspace.Paused != paused)
                {
                    await session.TellWorkspaceAsync(
                        workspace.Key,
                        paused ? EventTypes.WorkspacePaused : EventTypes.WorkspaceResumed,
                        until is { } end ? new EventData { Until = EventTime.Format(end) }.ToJson() : null).ConfigureAwait(false);
                }

                return await FindAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken);

    private static WorkspaceRecord Read(Row row) => new()
    {
        Id = row.Text("id"),
        Name = row.TextOrNull("name"),
        Goal = row.TextOrNull("goal"),
        Weight = row.Real("weight"),
        MaxParallel = row.IntegerOrNull("max_parallel"),
        Maintenance = row.Flag("maintenance"),
        Paused = row.Flag("paused"),
        PausedUntil = row.TimeOrNull("paused_until"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };
}
