using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <summary>A task that the system has taken on.</summary>
/// <param name="Id">The task's.</param>
/// <param name="Task">The task as it stood when it was answered; null when the key's task is past its retention.</param>
/// <param name="IsReplayed">Whether an earlier request with the same key had made it: one of the caller's, or this one, whose answer was lost.</param>
public sealed record SubmittedTask(Guid Id, TaskResponse? Task, bool IsReplayed);
