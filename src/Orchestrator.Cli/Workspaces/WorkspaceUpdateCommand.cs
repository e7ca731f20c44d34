using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceUpdateCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The workspace.");
    private readonly WorkspaceFieldOptions _fields = new();

    public WorkspaceUpdateCommand()
        : base(
            "update",
            "Changes a workspace; what is not named stays.",
            "orc workspace update acme --weight 3",
            "orc workspace update acme --body '{\"goal\": null}'") => Takes([_id, .. _fields.All]);

    protected override async Task<int> RunAsync(ApiCall call) =>
        await call.ShowWorkspaceAsync(call.Client.Workspaces.PatchAsync(call.Get(_id), (await _fields.ReadAsync(call)).ToJson(), call.Interrupted));
}
