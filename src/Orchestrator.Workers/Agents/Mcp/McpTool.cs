using System.Text.Json;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents.Tools;

namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>A tool of an MCP server.</summary>
/// <param name="name">What the server calls it.</param>
/// <param name="description">As the model is told of it.</param>
internal sealed class McpTool(string name, ChatTool description, McpConnection connection) : IAgentTool
{
    public ChatTool Description => description;

    public Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken) =>
        connection.CallAsync(name, arguments, $"{context.Attempt.TaskId}/{context.Key}", cancellationToken);
}
