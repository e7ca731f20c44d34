namespace Orchestrator.Contracts.Workspaces;

/// <summary>Changes to a workspace; what is left out stays, and null clears <c>name</c>, <c>goal</c>, <c>maxParallel</c>, <c>fuses</c> and <c>budget</c>.</summary>
public sealed record PatchWorkspaceRequest
{
    public string? Name { get; init; }
    public string? Goal { get; init; }

    /// <summary>From 0.001 to 1000.</summary>
    public double? Weight { get; init; }

    /// <summary>From 1 to 1,000,000; null for no limit.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>Whether it is left out when silos choose how often to look for ready tasks without a signal (<c>Polling</c>). Its tasks start all the same, as soon as a signal tells of them; to hold them, pause it.</summary>
    public bool? Maintenance { get; init; }

    /// <summary>Null sets every fuse back to its default.</summary>
    public FuseSettingsBody? Fuses { get; init; }

    /// <summary>Null for no limit.</summary>
    public BudgetBody? Budget { get; init; }
}
