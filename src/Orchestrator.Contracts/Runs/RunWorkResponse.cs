namespace Orchestrator.Contracts.Runs;

/// <summary>One task or sub-run of a step.</summary>
/// <param name="StepId">Which one: <c>fetch</c>, its fourth item <c>fetch[3]</c>, its second round <c>fetch#2</c>, what undoes it <c>fetch!</c>. The <c>stepId</c> of the task.</param>
/// <param name="TaskId">The task; it may be past its retention. Null for a sub-run.</param>
/// <param name="RunId">The sub-run; null for a task.</param>
public sealed record RunWorkResponse(string StepId, Guid? TaskId, Guid? RunId);
