using System.Text.Json.Nodes;

namespace Orchestrator.TestKit.Mcp;

/// <summary>One call of a tool that an MCP server got.</summary>
/// <param name="Key">The call's own name, where the client gave one.</param>
public sealed record McpCall(string Tool, JsonNode Arguments, string? Key);
