namespace Orchestrator.Contracts.Workspaces;

/// <summary>A workspace to create.</summary>
public sealed record CreateWorkspaceRequest
{
    /// <summary>Of the form <c>[a-z0-9][a-z0-9._-]{0,62}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>At most 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>What its tasks are for; at most 10,000 characters.</summary>
    public string? Goal { get; init; }

    /// <summary>From 0.001 to 1000; 1 by default.</summary>
    public double? Weight { get; init; }

    /// <summary>How many of its tasks may run at the same time, from 1 to 1,000,000; null for no limit.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>Whether it is left out when silos choose how often to look for ready tasks without a signal (<c>Polling</c>). Its tasks start all the same, as soon as a signal tells of them; to hold them, pause it. False by default.</summary>
    public bool? Maintenance { get; init; }

    /// <summary>Safety stops; what is left out has its default.</summary>
    public FuseSettingsBody? Fuses { get; init; }

    /// <summary>What it may spend; null for no limit.</summary>
    public BudgetBody? Budget { get; init; }
}
