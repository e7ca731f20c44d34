using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceDeleteCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The workspace.");
    private readonly Option<bool> _yes = Confirmation.Option();

    public WorkspaceDeleteCommand()
        : base("delete", "Deletes a workspace without live tasks, with its history.", "orc workspace delete acme --yes") => Takes(_id, _yes);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        Confirmation.Require(call.Get(_yes), $"Workspace {call.Get(_id)} would be deleted with its history.");
        await call.Client.Workspaces.DeleteAsync(call.Get(_id), call.Interrupted);
        return CliExitCodes.Success;
    }
}
