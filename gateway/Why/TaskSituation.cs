using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Priorities;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Why;

/// <summary>Everything that bears on where a task is.</summary>
internal sealed record TaskSituation(TaskRecord Task, WorkspaceRecord Workspace, ScoreExplanation Score)
{
    public IReadOnlyList<SiloRecord> Silos { get; init; } = [];

    /// <summary>Dependencies that have not ended.</summary>
    public IReadOnlyList<Guid> Blockers { get; init; } = [];

    /// <summary>The children that it waits for and that have not ended.</summary>
    public AwaitedTasks? Awaited { get; init; }

    /// <summary>What it asks a person.</summary>
    public ApprovalRecord? Request { get; init; }

    /// <summary>How many tasks of the workspace run.</summary>
    public long Running { get; init; }

    public int? QueuePosition { get; init; }

    /// <summary>What it waits for.</summary>
    public ResourceRecord? Resource { get; init; }

    /// <summary>The silo that the running attempt is on, where the history tells it.</summary>
    public string? RunningOn { get; init; }
}
