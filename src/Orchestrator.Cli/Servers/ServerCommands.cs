using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Servers;

/// <summary><c>orc server …</c></summary>
internal static class ServerCommands
{
    public static CommandGroup Group() => new("server", "Runs a gateway.", new ServerDevCommand());
}
