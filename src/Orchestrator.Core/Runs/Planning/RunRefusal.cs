namespace Orchestrator.Core.Runs.Planning;

/// <summary>Why a run does not do what a person asks of it.</summary>
/// <param name="StepIsUnknown">Whether there is no such step; otherwise its state, or that of the run, does not allow it.</param>
public sealed record RunRefusal(bool StepIsUnknown, string Message);
