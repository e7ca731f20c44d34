using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Cluster;

/// <summary><c>orc silo …</c></summary>
internal static class SiloCommands
{
    public static CommandGroup Group() => new("silo", "Shows and drains silos.", new SiloListCommand(), new SiloDrainCommand());
}
