using Orchestrator.Core.Schedules;
using Orchestrator.Storage.Schedules;

namespace Orchestrator.Runtime.Schedules;

internal static class Recurrences
{
    /// <summary>When a schedule is due; null when this machine cannot tell, because it does not know the time zone.</summary>
    public static Recurrence? Of(ScheduleRecord schedule)
    {
        if (schedule.IntervalMs is { } interval)
        {
            return Recurrence.Of(TimeSpan.FromMilliseconds(interval), schedule.AnchorAt);
        }

        return CronExpression.TryParse(schedule.Cron ?? string.Empty, out var cron, out _) && TimeZones.Find(schedule.TimeZone ?? string.Empty) is { } zone
            ? Recurrence.Of(cron, zone)
            : null;
    }
}
