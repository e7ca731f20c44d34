namespace Orchestrator.Contracts.Cluster;

/// <summary>What there is to do in all workspaces, and what holds it up. Counts stop at 100,000.</summary>
public sealed record BacklogResponse
{
    /// <summary>Attempts that run, and ready tasks that may start within the limits.</summary>
    public required long SlotsDemanded { get; init; }

    /// <summary>Ready tasks that no silo serves, by action.</summary>
    public required IReadOnlyDictionary<string, long> Unservable { get; init; }

    /// <summary>Waiting tasks by what they wait for.</summary>
    public required IReadOnlyDictionary<string, long> Waiting { get; init; }

    /// <summary>Tasks that wait for somebody's decision, by workspace.</summary>
    public required IReadOnlyDictionary<string, long> TasksAsking { get; init; }

    /// <summary>Runs of which a step waits for a person, by workspace.</summary>
    public required IReadOnlyDictionary<string, long> RunsAsking { get; init; }

    /// <summary>Paused workspaces, by what paused them: a fuse, or <c>hand</c>.</summary>
    public required IReadOnlyDictionary<string, long> WorkspacesPaused { get; init; }

    /// <summary>Workspaces whose circuit to a provider is not closed, by provider.</summary>
    public required IReadOnlyDictionary<string, long> CircuitsOpen { get; init; }
}
