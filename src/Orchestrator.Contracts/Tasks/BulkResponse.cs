namespace Orchestrator.Contracts.Tasks;

/// <summary>An operation on many tasks, as far as it has come.</summary>
public sealed record BulkResponse
{
    public required Guid Id { get; init; }

    /// <summary><c>cancel</c>, <c>retry</c> or <c>move</c>.</summary>
    public required string Operation { get; init; }

    public required BulkFilterRequest Filter { get; init; }

    /// <summary>Where a move goes.</summary>
    public string? Workspace { get; init; }

    public required bool DryRun { get; init; }

    /// <summary><c>running</c> or <c>completed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How many tasks fitted when it was accepted.</summary>
    public required long Matched { get; init; }

    /// <summary>How many were cancelled, submitted again or moved.</summary>
    public required long Done { get; init; }

    /// <summary>How many it could not be done to.</summary>
    public required long Skipped { get; init; }

    /// <summary>Why, of the first twenty.</summary>
    public required IReadOnlyList<BulkErrorResponse> Errors { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}
