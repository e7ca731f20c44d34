namespace Orchestrator.Storage.Priorities;

/// <summary>A task that is not running, with what its priority may depend on.</summary>
public sealed record ScorableTask
{
    public required Guid Id { get; init; }
    public required string Workspace { get; init; }

    /// <summary>The workspace's goal when this was read.</summary>
    public string? Goal { get; init; }

    public required string Action { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<Guid> DependsOn { get; init; } = [];

    /// <summary>The beginning of the input, at most <see cref="Core.Priorities.TaskText.MaxInputBytes"/>.</summary>
    public byte[] InputHead { get; init; } = [];

    /// <summary>The hint that the score starts from.</summary>
    public required int Priority { get; init; }

    public required int Score { get; init; }
    public required string ScoreSource { get; init; }
}
