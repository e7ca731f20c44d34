using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceFuseResetCommand : ApiCommand
{
    private static readonly string[] Fuses = ["antiLoop", "budget", "circuitBreaker", "pendingCap"];

    private readonly Argument<string> _id = Input.Name("id", "The workspace.");
    private readonly Argument<string> _fuse = Input.Name("fuse", "The fuse, such as antiLoop.");

    public WorkspaceFuseResetCommand()
        : base("fuse-reset", "Closes a fuse that has tripped.", "orc workspace fuse-reset acme antiLoop")
    {
        _fuse.CompletionSources.Add(Fuses);
        Takes(_id, _fuse);
    }

    protected override Task<int> RunAsync(ApiCall call) =>
        call.ShowWorkspaceAsync(call.Client.Workspaces.ResetFuseAsync(call.Get(_id), call.Get(_fuse), call.Interrupted));
}
