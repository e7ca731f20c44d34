using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Cluster;

/// <summary><c>orc silo …</c> and <c>orc error …</c></summary>
internal static class SiloCommands
{
    public static CommandGroup Group() => new("silo", "Shows and drains silos.", new SiloListCommand(), new SiloDrainCommand());

    public static CommandGroup Errors() => new("error", "Shows what fails.", new ErrorListCommand());
}
