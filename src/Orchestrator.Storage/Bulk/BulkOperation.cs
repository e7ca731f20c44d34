namespace Orchestrator.Storage.Bulk;

/// <summary>An operation on many tasks, as far as it has come.</summary>
public sealed record BulkOperation
{
    public required Guid Id { get; init; }
    public required BulkKind Kind { get; init; }
    public required BulkFilter Filter { get; init; }

    /// <summary>Where a move goes.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it only counts.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many tasks fitted when it was created.</summary>
    public long Matched { get; init; }

    /// <summary>How many tasks were cancelled, submitted again or moved.</summary>
    public long Done { get; init; }

    /// <summary>How many tasks it could not be done to; <see cref="Errors"/> says why.</summary>
    public long Skipped { get; init; }

    /// <summary>Why tasks were skipped, the first of them.</summary>
    public IReadOnlyList<BulkError> Errors { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last task was looked at; null while it goes on.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
