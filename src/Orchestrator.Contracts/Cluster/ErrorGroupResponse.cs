namespace Orchestrator.Contracts.Cluster;

/// <summary>Failures of one workspace, action and code whose messages differ only in numbers, ids, quoted values, addresses and paths.</summary>
public sealed record ErrorGroupResponse
{
    /// <summary>Names the group; the same for the same failure, always.</summary>
    public required string Fingerprint { get; init; }

    public required string Workspace { get; init; }

    /// <summary>Empty for failures of more kinds than are kept apart.</summary>
    public required string Action { get; init; }

    public required string Code { get; init; }

    /// <summary>The message of one of them, the last that was seen.</summary>
    public required string Message { get; init; }

    /// <summary>Tasks that failed for good, or were cancelled because they could not run.</summary>
    public required long Failed { get; init; }

    /// <summary>Attempts that failed and are repeated.</summary>
    public required long Retried { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The task that failed last; it may be gone.</summary>
    public required Guid LastTaskId { get; init; }
}
