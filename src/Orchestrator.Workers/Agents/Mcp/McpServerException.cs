namespace Orchestrator.Workers.Agents.Mcp;

/// <summary>An MCP server cannot be used. The message repeats nothing that the server said: it may quote a key.</summary>
internal sealed class McpServerException(string message) : Exception(message);
