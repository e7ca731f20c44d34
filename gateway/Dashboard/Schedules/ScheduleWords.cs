using Orchestrator.Contracts.Schedules;
using Orchestrator.Gateway.Dashboard.Shared;

namespace Orchestrator.Gateway.Dashboard.Schedules;

/// <summary>A schedule in words.</summary>
internal static class ScheduleWords
{
    public static string When(ScheduleResponse schedule) =>
        schedule.IntervalMs is { } interval ? $"every {Human.Seconds(interval / 1000.0)}" : $"{schedule.Cron} {schedule.TimeZone}";

    /// <summary>The name of its state, as badges know it.</summary>
    public static string State(ScheduleResponse schedule) => schedule switch
    {
        { Paused: true } => "paused",
        { LastError: not null } => "failed",
        _ => "active",
    };
}
