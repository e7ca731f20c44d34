using Orchestrator.Core.Agents;

namespace Orchestrator.Gateway.Requests;

/// <summary>An MCP server as a body has it.</summary>
/// <param name="KeptEnv">Variables whose stored values are to stay.</param>
/// <param name="KeptHeaders">Headers whose stored values are to stay.</param>
/// <param name="Pointer">Where it stands in the body.</param>
internal sealed record McpServerDraft(McpServer Server, IReadOnlyList<string> KeptEnv, IReadOnlyList<string> KeptHeaders, string Pointer);
