using Orchestrator.Runtime.Execution;
using Orchestrator.Workers.Agents.Loop;

namespace Orchestrator.Workers.Agents.Tools;

/// <summary>What a tool knows of the call.</summary>
/// <param name="Key">Names the call among all of the task.</param>
internal sealed record ToolContext(AttemptContext Attempt, AgentState State, string Key);
