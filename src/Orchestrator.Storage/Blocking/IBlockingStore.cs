namespace Orchestrator.Storage.Blocking;

/// <summary>How many tasks wait for a task, which counts for its rank.</summary>
public interface IBlockingStore
{
    /// <summary>
    /// Counts anew for tasks for which more or fewer may be waiting than before, and moves them in the ready set; answers how
    /// many were looked at, of <paramref name="limit"/>.
    /// </summary>
    Task<int> FollowAsync(int limit, CancellationToken cancellationToken);
}
