using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Steering;

/// <summary>What became of a decision; exactly one of the nested records.</summary>
public abstract record DecisionResult
{
    private DecisionResult()
    {
    }

    /// <summary>It is written, and the task is ready.</summary>
    public sealed record Resumed : DecisionResult;

    /// <summary>It is written, and the task has failed.</summary>
    public sealed record Aborted : DecisionResult;

    /// <summary>The task asks nothing now, or something else: its request <paramref name="Open"/>.</summary>
    public sealed record NotAsked(TaskState State, int? Open = null) : DecisionResult;

    public sealed record TaskEnded(TaskState State) : DecisionResult;

    public sealed record NotFound : DecisionResult;
}
