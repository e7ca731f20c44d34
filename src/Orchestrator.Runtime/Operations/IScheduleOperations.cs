using Orchestrator.Storage.Schedules;

namespace Orchestrator.Runtime.Operations;

/// <summary>What callers do to schedules; when each is due follows from it.</summary>
public interface IScheduleOperations
{
    /// <summary>Creates a schedule, whose cron expression and time zone have been checked.</summary>
    Task<ScheduleCreation> CreateAsync(ScheduleRecord schedule, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a schedule; null when there is none. With another timing, and when it goes on after a pause, it is due at its
    /// first time from now on.
    /// </summary>
    Task<ScheduleRecord?> UpdateAsync(string id, Func<ScheduleRecord, ScheduleRecord> change, CancellationToken cancellationToken);
}
