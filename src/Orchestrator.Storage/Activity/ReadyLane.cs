namespace Orchestrator.Storage.Activity;

/// <summary>The ready tasks of a workspace in one lane.</summary>
/// <param name="Lane">See <see cref="Core.Scheduling.TaskLane"/>.</param>
/// <param name="Tasks">How many there are.</param>
/// <param name="Room">How many more tasks its workspace may run at the same time; null for any number.</param>
/// <param name="IsShortOfMoney">Whether nothing starts in its workspace for now but what costs nothing.</param>
public sealed record ReadyLane(long WorkspaceKey, string Lane, long Tasks, long? Room, bool IsShortOfMoney);
