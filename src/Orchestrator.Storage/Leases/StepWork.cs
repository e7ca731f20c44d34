namespace Orchestrator.Storage.Leases;

/// <summary>Which piece of work of a run a task is, and what the run is to know of its times.</summary>
/// <param name="Key">A <see cref="Core.Runs.Planning.WorkKey"/>.</param>
/// <param name="Waited">From when it was ready until it was begun.</param>
/// <param name="BegunAt">When that was, by the store's clock. Null where it had been begun before: its times are read when it ends.</param>
public sealed record StepWork(Guid RunId, string Key, TimeSpan Waited, DateTimeOffset? BegunAt);
