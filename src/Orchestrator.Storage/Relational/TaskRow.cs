using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>A new task with everything that the store decides.</summary>
internal sealed record TaskRow(NewTask Task, long WorkspaceKey, TaskState State, double Rank, DateTimeOffset CreatedAt)
{
    public required int Score { get; init; }

    /// <summary>What the first event carries: the parts of the score, where there are several.</summary>
    public string? SubmittedData { get; init; }

    public int DelegationDepth { get; init; }

    public int PendingDependencies { get; init; }

    public bool HasDependents { get; init; }

    public bool HasChildren { get; init; }
}
