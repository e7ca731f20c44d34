namespace Orchestrator.Contracts.Tasks;

/// <summary>Something to do to many tasks.</summary>
public sealed record BulkRequest
{
    /// <summary><c>cancel</c> tasks that have not ended; <c>retry</c> ended ones, as new tasks; <c>move</c> those that have not started to another workspace.</summary>
    public required string Operation { get; init; }

    /// <summary>Which tasks.</summary>
    public required BulkFilterRequest Filter { get; init; }

    /// <summary>True to only count the tasks; false by default.</summary>
    public bool? DryRun { get; init; }

    /// <summary>Where a move goes; left out otherwise.</summary>
    public string? Workspace { get; init; }
}
