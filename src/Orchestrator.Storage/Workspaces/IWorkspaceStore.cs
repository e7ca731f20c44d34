namespace Orchestrator.Storage.Workspaces;

public interface IWorkspaceStore
{
    /// <summary>The workspace that exists from the start.</summary>
    const string DefaultWorkspace = "default";

    /// <summary>Creates a workspace; null when its id is taken.</summary>
    Task<WorkspaceRecord?> CreateAsync(WorkspaceRecord workspace, CancellationToken cancellationToken);

    Task<WorkspaceRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>What the tasks of a workspace have used; null when there is no such workspace.</summary>
    Task<WorkspaceUsage?> FindUsageAsync(string id, CancellationToken cancellationToken);

    /// <summary>Workspaces by id, those after <paramref name="after"/> if given.</summary>
    Task<IReadOnlyList<WorkspaceRecord>> ListAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many tasks run and are ready in each of these workspaces, as far as they are there.</summary>
    Task<IReadOnlyDictionary<string, WorkspaceCounts>> CountTasksAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Replaces name, goal, weight, limits and what is set of the fuses with what <paramref name="change"/> makes of them; null when there is no such workspace. Pending tasks are then to be scored by a new goal (<see cref="Priorities.IScoreStore.RescoreAsync"/>).</summary>
    Task<WorkspaceRecord?> UpdateAsync(string id, Func<WorkspaceRecord, WorkspaceRecord> change, CancellationToken cancellationToken);

    /// <summary>Stops dispatching its tasks, until <paramref name="until"/> if given; running attempts go on.</summary>
    Task<WorkspaceRecord?> PauseAsync(string id, DateTimeOffset? until, CancellationToken cancellationToken);

    /// <summary>Goes on dispatching its tasks; fuses that paused it close, and count anew.</summary>
    Task<WorkspaceRecord?> ResumeAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes a workspace without live tasks, with its history, its schedules, its ledger, its usage, and its webhooks with their deliveries.</summary>
    Task<WorkspaceDeletion> DeleteAsync(string id, CancellationToken cancellationToken);
}
