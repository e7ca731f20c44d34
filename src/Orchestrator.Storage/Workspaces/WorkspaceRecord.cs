namespace Orchestrator.Storage.Workspaces;

/// <summary>A workspace: the owner of a set of tasks, and its limits.</summary>
public sealed record WorkspaceRecord
{
    public required string Id { get; init; }
    public string? Name { get; init; }
    public string? Goal { get; init; }

    /// <summary>Its share of the slots relative to other workspaces.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>How many of its tasks may run at the same time; null for no limit.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>Whether silos look for its tasks by themselves only now and then; signals are heeded all the same.</summary>
    public bool Maintenance { get; init; }

    public bool Paused { get; init; }

    /// <summary>When a pause ends by itself; null when somebody must resume it.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}
