using Orchestrator.Core.Tasks;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>A task as the model knows it; tasks are known by the order of their submission.</summary>
/// <param name="RunAt">In seconds of the model's clock.</param>
internal sealed record TaskModel(int Index, TaskState State, int Score, int MaxAttempts, long? RunAt, int? DependsOn)
{
    public int Attempt { get; init; }

    public int? Lease { get; init; }

    public int? Recognised { get; init; }

    public bool Unresolved { get; init; }

    public bool HasDependents { get; init; }

    public TaskModel End(TaskState state, int? recognised) => this with
    {
        State = state,
        Lease = null,
        Recognised = recognised,
        Unresolved = HasDependents,
    };
}
