using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using Orchestrator.Core.Agents;
using Orchestrator.Runtime.Models;
using Orchestrator.Workers.Agents.Loop;

namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>What a model is told of a server's tool: within bounds, and nothing of what the definition keeps secret.</summary>
internal static class McpToolText
{
    /// <summary>What providers take as the name of a tool.</summary>
    private const int MaxNameLength = 64;

    private const int MaxDescriptionLength = 4_000;

    private const string LeftOut = "(What its arguments must be is too long to be told.)";

    private static readonly byte[] AnyObject = """{"type":"object"}"""u8.ToArray();

    public static ChatTool Describe(McpServer server, Tool tool, Secrets secrets)
    {
        var description = ToolText.Cut(secrets.Hide(tool.Description ?? ""), MaxDescriptionLength);
        var parameters = ReadSchema(tool.InputSchema, secrets);
        return new ChatTool(
            NameOf(server.Name, secrets.Hide(tool.Name)),
            parameters is null ? $"{description}\n{LeftOut}".TrimStart() : description,
            parameters ?? AnyObject);
    }

    /// <summary>Null when it is too long, or none any more without its secrets.</summary>
    private static byte[]? ReadSchema(JsonElement schema, Secrets secrets)
    {
        var text = secrets.Hide(schema.GetRawText());
        if (Encoding.UTF8.GetByteCount(text) > AgentLimits.MaxMcpSchemaBytes)
        {
            return null;
        }

        using var parsed = ModelJson.Parse(text, out _);
        return parsed is null ? null : Encoding.UTF8.GetBytes(text);
    }

    private static string NameOf(string server, string tool)
    {
        var name = string.Concat($"{server}__{tool}".Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }
}
