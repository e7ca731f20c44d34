using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Workspaces;

/// <summary><c>orc workspace …</c></summary>
internal static class WorkspaceCommands
{
    public static CommandGroup Group() => new(
        "workspace",
        "Creates, limits, pauses and deletes workspaces.",
        new WorkspaceCreateCommand(),
        new WorkspaceListCommand(),
        new WorkspaceGetCommand(),
        new WorkspaceUpdateCommand(),
        new WorkspaceDeleteCommand(),
        new WorkspacePauseCommand(),
        new WorkspaceResumeCommand(),
        new WorkspaceUsageCommand(),
        new WorkspaceEventsCommand(),
        new WorkspaceFuseResetCommand());
}
