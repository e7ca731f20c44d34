namespace Orchestrator.Storage.Resources;

/// <summary>What there was of resources, a sample a bucket of time.</summary>
public interface ILevelStore
{
    /// <summary>
    /// Writes what there is of every resource now, unless a process has done so in this bucket; answers how long it is until the next
    /// one begins. What it costs depends on how many resources there are and how many attempts that need some run, not on who waits.
    /// </summary>
    Task<TimeSpan> SampleAsync(TimeSpan bucketSize, CancellationToken cancellationToken);

    /// <summary>The samples of the last buckets, from the store's time on; null when there is no such resource.</summary>
    /// <param name="duration">How far back the first bucket begins at least.</param>
    Task<LevelRecord?> ReadAsync(string name, TimeSpan bucketSize, TimeSpan duration, CancellationToken cancellationToken);
}
