namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>An MCP server cannot be used. The message has no secret of the server's definition in it.</summary>
internal sealed class McpServerException(string message) : Exception(message);
