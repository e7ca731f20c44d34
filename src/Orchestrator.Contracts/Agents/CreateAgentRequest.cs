namespace Orchestrator.Contracts.Agents;

/// <summary>An agent to create.</summary>
public sealed record CreateAgentRequest : AgentFields
{
    /// <summary>Up to 57 characters; its tasks have the action <c>agent.{name}</c>. No agent is called <c>any</c>.</summary>
    public required string Name { get; init; }
}
