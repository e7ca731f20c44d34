namespace Orchestrator.Contracts.Agents;

/// <summary>What an agent is to be from now on.</summary>
public sealed record PutAgentRequest : AgentFields
{
    /// <summary>As in the path, if it is given.</summary>
    public string? Name { get; init; }
}
