using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Circuits;
using Orchestrator.Storage.Fuses;

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

    /// <summary>What it sets of its fuses.</summary>
    public FuseSettings Fuses { get; init; } = FuseSettings.Default;

    /// <summary>What it may spend in all, in the currency of the usage; null for no limit.</summary>
    public decimal? BudgetLimit { get; init; }

    /// <summary>What became of the budget; null without one. The store tells it.</summary>
    public BudgetRecord? Budget { get; init; }

    /// <summary>The fuses that have tripped at least once. The store tells them.</summary>
    public IReadOnlyList<FuseState> FuseStates { get; init; } = [];

    /// <summary>The circuits of providers that have failed it. The store tells them.</summary>
    public IReadOnlyList<CircuitRecord> Circuits { get; init; } = [];

    public bool Paused { get; init; }

    /// <summary>When a pause ends by itself; null when somebody must resume it.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>The name of the fuse that paused it; null for a pause by hand. The store tells it.</summary>
    public string? PausedBy { get; init; }

    /// <summary>Whether attempts that run use up its limit. The store tells it.</summary>
    public bool AtLimit { get; init; }

    /// <summary>Whether attempts that run hold what is left of its budget, so that only what costs nothing may start. The store tells it.</summary>
    public bool ShortOfMoney { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}
