namespace Orchestrator.Storage.Timelines;

/// <summary>Rolled-up figures of what happened, by buckets of time, workspaces and actions. Each process writes rows of its own.</summary>
public interface ITimelineStore
{
    /// <summary>
    /// Gets what each transaction of this process stored, and ended otherwise than by settling an attempt, once it is committed. Set
    /// once, before anything runs; it must not throw.
    /// </summary>
    Action<TaskNews>? News { get; set; }

    /// <summary>
    /// Writes rows, each in place of the one that the same process wrote before for its bucket, workspace and action; written twice
    /// they count once. Answers the store's time.
    /// </summary>
    Task<DateTimeOffset> WriteAsync(Guid process, IReadOnlyList<TimelineRow> rows, CancellationToken cancellationToken);

    /// <summary>Adds up the rows of all processes.</summary>
    Task<TimelineRecord> ReadAsync(TimelineQuery query, CancellationToken cancellationToken);
}
