using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Cluster;

internal sealed class ResourceGetCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("name", "The resource.");

    public ResourceGetCommand()
        : base("get", "Shows a resource.", "orc resource get google_search_api") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Resources.GetAsync(call.Get(_id), call.Interrupted));
}
