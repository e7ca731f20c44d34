using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Output;
using Orchestrator.Contracts.Workspaces;

namespace Orchestrator.Cli.Workspaces;

/// <summary>Showing a workspace.</summary>
internal static class WorkspaceDetails
{
    /// <summary>The workspace, and below it for people the fuses that have tripped.</summary>
    public static async Task<int> ShowWorkspaceAsync(this ApiCall call, Task<WorkspaceResponse> asked)
    {
        var workspace = await asked;
        call.Printer.One(workspace);
        foreach (var (name, fuse) in workspace.FuseStates.Where(fuse => call.Printer.IsTable && fuse.Value.State == "tripped"))
        {
            Console.WriteLine(VisibleText.Of($"Fuse {name} has tripped: {fuse.Reason} orc workspace fuse-reset {workspace.Id} {name} closes it."));
        }

        return CliExitCodes.Success;
    }
}
