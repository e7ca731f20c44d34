using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Workspaces;

/// <summary><c>orc workspace …</c></summary>
internal static class WorkspaceCommands
{
    public static CommandGroup Group() => new(
        "workspace",
        "Creates, limits, pauses and deletes workspaces.",
        new WorkspaceCreateCommand(),
        new WorkspaceListCommand(),
        new ByIdCommand<string>(
            "get",
            Input.Name("id", "The workspace."),
            "Shows a workspace with its limits, fuses and budget.",
            "orc workspace get acme",
            static (call, id) => call.ShowWorkspaceAsync(call.Client.Workspaces.GetAsync(id, call.Interrupted))),
        new WorkspaceUpdateCommand(),
        new DeleteCommand<string>(
            Input.Name("id", "The workspace."),
            "Deletes a workspace without live tasks, with its history.",
            "orc workspace delete acme --yes",
            static id => $"Workspace {id} would be deleted with its history.",
            static (call, id) => call.Client.Workspaces.DeleteAsync(id, call.Interrupted)),
        new WorkspacePauseCommand(),
        new ByIdCommand<string>(
            "resume",
            Input.Name("id", "The workspace."),
            "Goes on starting a workspace's tasks.",
            "orc workspace resume acme",
            static (call, id) => call.ShowWorkspaceAsync(call.Client.Workspaces.ResumeAsync(id, call.Interrupted))),
        new WorkspaceUsageCommand(),
        new WorkspaceEventsCommand(),
        new WorkspaceFuseResetCommand());
}
