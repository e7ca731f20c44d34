using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Tasks;

/// <summary><c>orc task …</c> and <c>orc batch …</c>.</summary>
internal static class TaskCommands
{
    public static CommandGroup Group() => new(
        "task",
        "Submits, follows, steers and changes tasks.",
        new TaskSubmitCommand(),
        new TaskListCommand(),
        new TaskGetCommand(),
        new TaskWatchCommand(),
        new TaskWaitCommand(),
        new TaskLogsCommand(),
        new TaskWhyCommand(),
        new TaskSteerCommand(),
        new TaskApproveCommand(),
        new TaskUpdateCommand(),
        new TaskCancelCommand(),
        new TaskRetryCommand(),
        new TaskMoveCommand());

    public static CommandGroup Batch() => new("batch", "Submits many tasks at once.", new BatchSubmitCommand());
}
