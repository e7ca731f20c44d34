namespace Orchestrator.Runtime.Models;

/// <param name="Id">Given by the model; its result is sent back under it.</param>
/// <param name="Arguments">As the model wrote them: to be JSON, and not checked.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
