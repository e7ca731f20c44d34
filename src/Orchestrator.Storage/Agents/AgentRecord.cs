using Orchestrator.Core.Agents;

namespace Orchestrator.Storage.Agents;

/// <summary>One version of an agent.</summary>
/// <param name="Version">From 1, one more with each change.</param>
/// <param name="CreatedAt">When the agent was created: tells it from one of the same name that was deleted before.</param>
/// <param name="UpdatedAt">When this version was made.</param>
public sealed record AgentRecord(AgentDefinition Definition, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
