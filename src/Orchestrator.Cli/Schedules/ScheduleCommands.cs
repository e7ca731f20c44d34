using Orchestrator.Cli.Calls;

namespace Orchestrator.Cli.Schedules;

/// <summary><c>orc schedule …</c></summary>
internal static class ScheduleCommands
{
    public static CommandGroup Group() => new(
        "schedule",
        "Creates, pauses and deletes schedules of tasks.",
        new ScheduleCreateCommand(),
        new ScheduleListCommand(),
        new ScheduleGetCommand(),
        new ScheduleUpdateCommand(),
        new SchedulePauseCommand("pause", "Stops a schedule; what it has submitted goes on.", isPaused: true),
        new SchedulePauseCommand("resume", "Goes on with a schedule, from its next time on.", isPaused: false),
        new ScheduleDeleteCommand());
}
