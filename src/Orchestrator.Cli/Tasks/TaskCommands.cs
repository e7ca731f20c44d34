using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

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
        new ByIdCommand<Guid>(
            "why",
            Input.Id("task"),
            "Says why a task is not running, or where it runs.",
            "orc task why 01a1fd44-365c-7a7b-9463-8b11bcec2525",
            static async (call, id) =>
            {
                // The reasons say both once more.
                call.Printer.One(await call.Client.Tasks.ExplainAsync(id, call.Interrupted), null, "code", "message");
                return CliExitCodes.Success;
            }),
        new TaskSteerCommand(),
        new TaskApproveCommand(),
        new TaskUpdateCommand(),
        new TaskCancelCommand(),
        new TaskRetryCommand(),
        new TaskMoveCommand());

    public static CommandGroup Batch() => new("batch", "Submits many tasks at once.", new BatchSubmitCommand());
}
