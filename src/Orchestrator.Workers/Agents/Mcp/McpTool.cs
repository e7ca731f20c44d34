using System.Runtime.InteropServices;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents.Tools;

namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>A tool of an MCP server.</summary>
internal sealed class McpTool(McpServer server, Tool tool, McpConnection connection) : IAgentTool
{
    /// <summary>What providers take as the name of a tool.</summary>
    private const int MaxNameLength = 64;

    private const int MaxDescriptionLength = 4_000;

    public ChatTool Description { get; } = new(
        NameOf(server.Name, tool.Name),
        tool.Description is { Length: > MaxDescriptionLength } text ? text[..MaxDescriptionLength] : tool.Description ?? "",
        JsonMarshal.GetRawUtf8Value(tool.InputSchema).ToArray());

    public Task<ToolOutcome> CallAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken) =>
        connection.CallAsync(tool.Name, arguments, $"{context.Attempt.TaskId}/{context.Key}", cancellationToken);

    private static string NameOf(string server, string tool)
    {
        var name = string.Concat($"{server}__{tool}".Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }
}
