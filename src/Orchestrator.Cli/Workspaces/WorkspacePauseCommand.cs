using System.CommandLine;
using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Cli.Workspaces;

internal sealed class WorkspacePauseCommand : ApiCommand
{
    private readonly Argument<string> _id = Input.Name("id", "The workspace.");
    private readonly Option<TimeSpan?> _for = Input.Duration("--for", "For how long; until somebody resumes it by default.");
    private readonly Option<DateTimeOffset?> _until = Input.Moment("--until", "Until when.");

    public WorkspacePauseCommand()
        : base("pause", "Stops starting a workspace's tasks; what runs goes on.", "orc workspace pause acme --for 30m", "orc workspace pause acme") => Takes(_id, _for, _until);

    protected override Task<int> RunAsync(ApiCall call)
    {
        var pause = new PauseWorkspaceRequest { ForSeconds = (int?)call.Get(_for)?.TotalSeconds, Until = call.Get(_until) };
        return call.ShowWorkspaceAsync(call.Client.Workspaces.PauseAsync(call.Get(_id), pause, call.Interrupted));
    }
}
