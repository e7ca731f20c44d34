namespace Orchestrator.Core.Tasks;

/// <summary>One legal move of a task; <paramref name="From"/> is null for its creation.</summary>
public readonly record struct TaskEdge(TaskState? From, TaskState To, TaskTrigger Trigger);
