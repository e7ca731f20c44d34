using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>A new task with everything that the store decides.</summary>
internal sealed record TaskRow(NewTask Task, long WorkspaceKey, TaskState State, double Rank, DateTimeOffset CreatedAt)
{
    public required int Score { get; init; }

    /// <summary>Where it stands in line once it is ready.</summary>
    public string Lane { get; } = TaskLane.Of(Task.Action, Task.Skills);

    /// <summary>The lane as its row has it: none for a task without skills, which stands in line by its action.</summary>
    public string? SkilledLane => Task.Skills.Count > 0 ? Lane : null;

    /// <summary>What the first event carries: the parts of the score, where there are several.</summary>
    public string? SubmittedData { get; init; }

    public int DelegationDepth { get; init; }

    public int PendingDependencies { get; init; }

    public bool HasDependents { get; init; }

    public bool HasChildren { get; init; }
}
