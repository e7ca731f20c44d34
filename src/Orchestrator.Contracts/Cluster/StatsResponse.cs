namespace Orchestrator.Contracts.Cluster;

/// <summary>The system in numbers.</summary>
public record StatsResponse
{
    /// <summary>The workspace whose tasks are counted; null for all.</summary>
    public string? Workspace { get; init; }

    /// <summary>How many tasks there are by state; every state is named.</summary>
    public required IReadOnlyDictionary<string, long> Tasks { get; init; }

    /// <summary>Silos that reported within a lease duration (15 s by default).</summary>
    public required int Silos { get; init; }

    /// <summary>How many of them drain.</summary>
    public required int Draining { get; init; }

    /// <summary>How many attempts all silos together can run at the same time.</summary>
    public required int Slots { get; init; }

    /// <summary>How many of the slots are taken.</summary>
    public required int Busy { get; init; }
}
