using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Submissions;

/// <summary>What the store decided about a new task.</summary>
public sealed record CreatedTask(Guid Id, TaskState State, DateTimeOffset CreatedAt, int DelegationDepth)
{
    /// <summary>Whether it was there before: a child that was delegated under the same key.</summary>
    public bool Existed { get; init; }
}
