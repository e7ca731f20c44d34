using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Cluster;

/// <summary><c>orc resource …</c></summary>
internal static class ResourceCommands
{
    public static CommandGroup Group() => new(
        "resource",
        "Shows and sets token buckets and semaphores.",
        new ResourceListCommand(),
        new ByIdCommand<string>(
            "get",
            Input.Name("name", "The resource."),
            "Shows a resource.",
            "orc resource get google_search_api",
            static (call, id) => call.ShowAsync(call.Client.Resources.GetAsync(id, call.Interrupted))),
        new ResourceSetCommand());
}
