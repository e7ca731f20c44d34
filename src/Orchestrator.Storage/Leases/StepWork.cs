namespace Orchestrator.Storage.Leases;

/// <summary>Which piece of work of a run a task is, and what the run is to know of its times.</summary>
/// <param name="Key">A <see cref="Core.Runs.Planning.WorkKey"/>.</param>
/// <param name="Waited">From when it could have been started until it was, for the first time.</param>
/// <param name="StartedAt">When that was, by the store's clock.</param>
public sealed record StepWork(Guid RunId, string Key, TimeSpan Waited, DateTimeOffset StartedAt);
