namespace Orchestrator.Storage.Agents;

/// <summary>Which version of an agent is in force, without what it says.</summary>
public sealed record AgentVersion(string Name, int Version, DateTimeOffset CreatedAt);
