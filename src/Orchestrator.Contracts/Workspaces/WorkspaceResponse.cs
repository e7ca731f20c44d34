namespace Orchestrator.Contracts.Workspaces;

/// <summary>A workspace: the owner of a set of tasks, and its limits.</summary>
public sealed record WorkspaceResponse
{
    public required string Id { get; init; }
    public string? Name { get; init; }

    /// <summary>What its tasks are for.</summary>
    public string? Goal { get; init; }

    /// <summary>Its share of the slots relative to other workspaces.</summary>
    public required double Weight { get; init; }

    /// <summary>How many of its tasks may run at the same time; null for no limit.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>Whether it is left out when silos choose how often to look for ready tasks without a signal (<c>Polling</c>). Its tasks start all the same, as soon as a signal tells of them; to hold them, pause it.</summary>
    public required bool Maintenance { get; init; }

    /// <summary>How its fuses are set, with every default filled in.</summary>
    public required FuseSettingsBody Fuses { get; init; }

    /// <summary>What became of its fuses, by name.</summary>
    public required IReadOnlyDictionary<string, FuseStateResponse> FuseStates { get; init; }

    /// <summary>What it may spend; null for no limit.</summary>
    public BudgetResponse? Budget { get; init; }

    /// <summary>While true none of its tasks starts.</summary>
    public required bool Paused { get; init; }

    /// <summary>When the pause ends by itself; null when somebody must resume it.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>The fuse that paused it; null for a pause by hand.</summary>
    public string? PausedBy { get; init; }

    /// <summary>How many of its tasks run; null unless asked for.</summary>
    public long? Running { get; init; }

    /// <summary>How many of its tasks are ready to run: 1000 means that many or more. Null unless asked for.</summary>
    public long? Queued { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
