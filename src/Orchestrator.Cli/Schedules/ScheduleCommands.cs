using Orchestrator.Cli.Calls;
using Orchestrator.Cli.Inputs;

namespace Orchestrator.Cli.Schedules;

/// <summary><c>orc schedule …</c></summary>
internal static class ScheduleCommands
{
    public static CommandGroup Group() => new(
        "schedule",
        "Creates, pauses and deletes schedules of tasks.",
        new ScheduleCreateCommand(),
        new ScheduleListCommand(),
        new ByIdCommand<string>(
            "get",
            Input.Name("id", "The schedule."),
            "Shows a schedule.",
            "orc schedule get digest",
            static (call, id) => call.ShowAsync(call.Client.Schedules.GetAsync(id, call.Interrupted))),
        new ScheduleUpdateCommand(),
        new SchedulePauseCommand("pause", "Stops a schedule; what it has submitted goes on.", isPaused: true),
        new SchedulePauseCommand("resume", "Goes on with a schedule, from its next time on.", isPaused: false),
        new DeleteCommand<string>(
            Input.Name("id", "The schedule."),
            "Deletes a schedule; the tasks that it has submitted stay.",
            "orc schedule delete digest --yes",
            static id => $"Schedule {id} would be deleted.",
            static (call, id) => call.Client.Schedules.DeleteAsync(id, call.Interrupted)));
}
