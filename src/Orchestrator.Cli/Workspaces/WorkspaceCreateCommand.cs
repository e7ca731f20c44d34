using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceCreateCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "Its id: a-z, 0-9, dot, underscore, hyphen.");
    private readonly WorkspaceFieldOptions _fields = new();

    public WorkspaceCreateCommand()
        : base(
            "create",
            "Creates a workspace.",
            "orc workspace create acme --weight 2 --max-parallel 10",
            "orc workspace create acme --goal \"A magazine about the sea\" --budget 50") => Takes([_id, .. _fields.All]);

    protected override async Task<int> RunAsync(ApiCall call)
    {
        var body = (await _fields.ReadAsync(call)).Set("id", call.Get(_id));
        return await call.ShowWorkspaceAsync(call.Client.Workspaces.CreateAsync(body.ToJson(), call.Interrupted));
    }
}
