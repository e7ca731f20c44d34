namespace Orchestrator.Runtime.Models;

public sealed record ChatMessage(ChatRole Role, string Content)
{
    /// <summary>What the assistant asked to have done; of its messages only.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Which call this is the result of; of a tool's messages only.</summary>
    public string? ToolCallId { get; init; }
}
