using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Cluster;

/// <summary><c>orc resource …</c></summary>
internal static class ResourceCommands
{
    public static CommandGroup Group() => new(
        "resource", "Shows and sets token buckets and semaphores.", new ResourceListCommand(), new ResourceGetCommand(), new ResourceSetCommand());
}
