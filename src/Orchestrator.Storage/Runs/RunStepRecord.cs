namespace Orchestrator.Storage.Runs;

/// <summary>The tasks and sub-runs of a step, by the names of their work as in <c>WorkKey</c>.</summary>
public sealed record RunStepRecord(string Work, Guid? TaskId, Guid? RunId);
