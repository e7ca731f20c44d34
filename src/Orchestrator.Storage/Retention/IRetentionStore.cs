namespace Orchestrator.Storage.Retention;

public interface IRetentionStore
{
    /// <summary>Deletes at most <paramref name="limit"/> rows that are past their time, or were added up; answers how many.</summary>
    Task<int> PurgeAsync(RetentionPeriods periods, int limit, CancellationToken cancellationToken);
}
