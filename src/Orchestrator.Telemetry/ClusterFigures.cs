namespace Orchestrator.Telemetry;

/// <summary>The whole cluster at a moment, as it stands in the store.</summary>
public sealed record ClusterFigures
{
    /// <summary>Attempts that run, and ready tasks that may start within the limits.</summary>
    public required long SlotsDemanded { get; init; }

    /// <summary>Live tasks by state.</summary>
    public required IReadOnlyDictionary<string, long> Tasks { get; init; }

    /// <summary>Waiting tasks by what they wait for.</summary>
    public required IReadOnlyDictionary<string, long> TasksWaiting { get; init; }

    /// <summary>Tasks that wait for somebody's decision, by workspace; no metric, as there may be many.</summary>
    public IReadOnlyDictionary<string, long> TasksAsking { get; init; } = new Dictionary<string, long>();

    /// <summary>Runs of which a step waits for a person, by workspace; no metric either.</summary>
    public IReadOnlyDictionary<string, long> RunsAsking { get; init; } = new Dictionary<string, long>();

    /// <summary>Ready tasks that no silo serves, by action.</summary>
    public required IReadOnlyDictionary<string, long> TasksUnservable { get; init; }

    /// <summary>Silos that report, by state.</summary>
    public required IReadOnlyDictionary<string, long> Silos { get; init; }

    /// <summary>Slots of those silos, by state.</summary>
    public required IReadOnlyDictionary<string, long> SiloSlots { get; init; }

    public required long Workspaces { get; init; }

    /// <summary>Paused workspaces, by what paused them.</summary>
    public required IReadOnlyDictionary<string, long> WorkspacesPaused { get; init; }

    /// <summary>Workspaces whose circuit to a provider is not closed, by provider.</summary>
    public required IReadOnlyDictionary<string, long> CircuitsOpen { get; init; }
}
