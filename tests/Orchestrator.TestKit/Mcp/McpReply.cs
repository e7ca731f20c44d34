namespace Orchestrator.TestKit.Mcp;

/// <summary>What a tool of a <see cref="McpEndpoint"/> answers.</summary>
public sealed record McpReply(string Text, bool IsError = false);
