using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Contracts.Runs;

/// <summary>Where a step stands.</summary>
public record RunStepResponse
{
    public required string Id { get; init; }

    /// <summary>What its definition calls it, and its tasks.</summary>
    public string? Name { get; init; }

    /// <summary>What its definition says of it.</summary>
    public string? Description { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>waiting</c> (for a person), or ended: <c>completed</c>, <c>failed</c>, <c>skipped</c>, <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>From 1; one more each time a person has it done again.</summary>
    public required int Round { get; init; }

    /// <summary>How many of its items are in each state, by the same names; null for a step without items, and before it has begun.</summary>
    public IReadOnlyDictionary<string, int>? Items { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public TaskErrorResponse? Error { get; init; }

    /// <summary>Where the undoing of what it did stands: <c>running</c>, <c>completed</c> or <c>failed</c>; null where that is not its turn.</summary>
    public string? Compensation { get; init; }

    /// <summary>What a person is asked, while it waits for that.</summary>
    public string? Question { get; init; }

    /// <summary>Until when there is time to decide; null for as long as the run lasts.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
