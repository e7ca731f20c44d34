using Orchestrator.Core.Agents;

namespace Orchestrator.Runtime.Agents;

/// <summary>One version of an agent.</summary>
/// <param name="CreatedAt">When the agent was created: tells it from one of the same name that was deleted before.</param>
public sealed record Agent(AgentDefinition Definition, int Version, DateTimeOffset CreatedAt);
