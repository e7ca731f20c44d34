using Orchestrator.Runtime.Models;

namespace Orchestrator.Workers.Agents.Loop;

/// <summary>What an agent does next; exactly one of the nested records.</summary>
internal abstract record AgentStep
{
    private AgentStep()
    {
    }

    /// <summary>The model is to continue the conversation.</summary>
    public sealed record Ask : AgentStep;

    /// <summary>A tool is to be called.</summary>
    /// <param name="Key">Names the call among all of the task, however often it is made.</param>
    public sealed record Call(ToolCall Tool, string Key) : AgentStep;

    /// <summary>The model called no tool: that is its answer.</summary>
    public sealed record Conclude(string Text) : AgentStep;

    /// <summary>It may not ask the model again.</summary>
    public sealed record Exhausted : AgentStep;
}
