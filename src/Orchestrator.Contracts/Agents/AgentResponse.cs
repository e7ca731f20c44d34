namespace Orchestrator.Contracts.Agents;

/// <summary>An agent.</summary>
public sealed record AgentResponse : AgentFields
{
    public required string Name { get; init; }

    /// <summary>The action of its tasks.</summary>
    public required string Action { get; init; }

    /// <summary>From 1, one more with each change.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
