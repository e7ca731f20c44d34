using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Agents;

/// <summary><c>orc agent …</c></summary>
internal static class AgentCommands
{
    public static CommandGroup Group() => new(
        "agent",
        "Creates, changes and finds agents.",
        new AgentCreateCommand(),
        new AgentListCommand(),
        new AgentGetCommand(),
        new AgentUpdateCommand(),
        new AgentDeleteCommand());
}
