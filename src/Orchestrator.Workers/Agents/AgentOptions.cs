using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Workers.Agents;

/// <summary>What agents may do on this silo. Section <c>Agents</c>; see <c>docs/agents.md</c>.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agents";

    /// <summary>The programs that an agent's definition may have this silo start as MCP servers, each exactly as a definition names it. Whoever may define agents can run them with any arguments and most variables, so allow none that can be made to run others. Default: none.</summary>
    public List<string>? McpCommands { get; set; }

    /// <summary>Lets definitions point to MCP servers at loopback, private and link-local addresses. Whoever may define agents can then make this silo send requests into its own network. Default: false.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long an MCP server may take to start and to list its tools. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan McpStartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one call of an MCP server's tool may take; the model is told when it took longer. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan McpCallTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
