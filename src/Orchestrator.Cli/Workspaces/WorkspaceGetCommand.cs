using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceGetCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The workspace.");

    public WorkspaceGetCommand()
        : base("get", "Shows a workspace with its limits, fuses and budget.", "orc workspace get acme") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Workspaces.GetAsync(call.Get(_id), call.Interrupted));
}
