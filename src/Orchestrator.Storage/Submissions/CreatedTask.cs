using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Submissions;

/// <summary>What the store decided about a new task.</summary>
public sealed record CreatedTask(Guid Id, TaskState State, DateTimeOffset CreatedAt, int DelegationDepth);
