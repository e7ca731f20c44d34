using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Cluster;

/// <summary><c>orc silo …</c>, <c>orc error …</c> and <c>orc audit …</c></summary>
internal static class SiloCommands
{
    public static CommandGroup Group() => new("silo", "Shows and drains silos.", new SiloListCommand(), new SiloDrainCommand());

    public static CommandGroup Errors() => new("error", "Shows what fails.", new ErrorListCommand());

    public static CommandGroup Audit() => new("audit", "Shows who changed what.", new AuditListCommand());
}
