using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>Where a step stands.</summary>
public sealed record StepState
{
    public required string Id { get; init; }

    public StepStatus Status { get; init; }

    /// <summary>From 1; grows each time a person has it done again.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Null for a step without items, and before it has begun.</summary>
    public IReadOnlyList<StepStatus>? Items { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public TaskError? Error { get; init; }

    /// <summary>What a person is asked, while the step waits for it.</summary>
    public string? Question { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}
