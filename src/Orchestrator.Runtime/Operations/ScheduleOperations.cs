using Orchestrator.Runtime.Schedules;
using Orchestrator.Storage.Schedules;

namespace Orchestrator.Runtime.Operations;

public sealed class ScheduleOperations(IScheduleStore schedules) : IScheduleOperations
{
    public Task<ScheduleCreation> CreateAsync(ScheduleRecord schedule, CancellationToken cancellationToken) =>
        schedules.CreateAsync(now => Start(schedule with { AnchorAt = now }, now), cancellationToken);

    public Task<ScheduleRecord?> UpdateAsync(string id, Func<ScheduleRecord, ScheduleRecord> change, CancellationToken cancellationToken) =>
        schedules.UpdateAsync(id, (before, now) => Change(before, change(before), now), cancellationToken);

    private static ScheduleRecord Change(ScheduleRecord before, ScheduleRecord after, DateTimeOffset now)
    {
        if (after.IntervalMs is not null && after.IntervalMs != before.IntervalMs)
        {
            after = after with { AnchorAt = now };
        }

        var isTimedAsBefore = (after.Cron, after.TimeZone, after.IntervalMs) == (before.Cron, before.TimeZone, before.IntervalMs);
        return isTimedAsBefore && after.Paused == before.Paused ? after : Start(after, now);
    }

    private static ScheduleRecord Start(ScheduleRecord schedule, DateTimeOffset now)
    {
        if (schedule.Paused)
        {
            return schedule with { NextFireAt = null };
        }

        var recurrence = Recurrences.Of(schedule)
            ?? throw new InvalidOperationException($"This machine cannot tell when the schedule '{schedule.Id}' is due: '{schedule.Cron}' in {schedule.TimeZone}.");
        return schedule with { NextFireAt = recurrence.Next(now) };
    }
}
