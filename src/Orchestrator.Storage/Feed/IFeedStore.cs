namespace Orchestrator.Storage.Feed;

/// <summary>Reads the histories of many tasks, runs and workspaces at once.</summary>
public interface IFeedStore
{
    /// <summary>The store's time, which is that of every entry.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);

    /// <summary>What the histories of tasks tell beyond the cursors, at most <paramref name="limit"/> entries of each; tasks that are gone are left out.</summary>
    Task<IReadOnlyList<TaskNews>> ReadTasksAsync(IReadOnlyCollection<HistoryCursor> tasks, int limit, CancellationToken cancellationToken);

    /// <summary>The same of runs.</summary>
    Task<IReadOnlyList<RunNewsPage>> ReadRunsAsync(IReadOnlyCollection<HistoryCursor> runs, int limit, CancellationToken cancellationToken);

    /// <summary>The latest entries of the histories of all workspaces that are no older than <paramref name="age"/>, oldest first, in the order of each.</summary>
    Task<IReadOnlyList<WorkspaceNews>> ListWorkspaceNewsAsync(TimeSpan age, int limit, CancellationToken cancellationToken);
}
