using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspaceResumeCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The workspace.");

    public WorkspaceResumeCommand()
        : base("resume", "Goes on starting a workspace's tasks.", "orc workspace resume acme") => Takes(_id);

    protected override Task<int> RunAsync(ApiCall call) => call.ShowAsync(call.Client.Workspaces.ResumeAsync(call.Get(_id), call.Interrupted));
}
