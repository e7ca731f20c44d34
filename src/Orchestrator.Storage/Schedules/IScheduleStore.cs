namespace Orchestrator.Storage.Schedules;

public interface IScheduleStore
{
    /// <summary>Stores what <paramref name="create"/> makes of the store's time.</summary>
    Task<ScheduleCreation> CreateAsync(Func<DateTimeOffset, ScheduleRecord> create, CancellationToken cancellationToken);

    Task<ScheduleRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Schedules by id, of one workspace if given, those after <paramref name="after"/> if given, without the inputs of their tasks.</summary>
    Task<IReadOnlyList<ScheduleRecord>> ListAsync(string? workspace, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Replaces when it is due and what it submits with what <paramref name="change"/> makes of it and of the store's time; null when there is no such schedule.</summary>
    Task<ScheduleRecord?> UpdateAsync(string id, Func<ScheduleRecord, DateTimeOffset, ScheduleRecord> change, CancellationToken cancellationToken);

    /// <summary>Deletes a schedule; the tasks that it made stay. False when there is none.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Fires schedules whose time has come as <paramref name="plan"/> says, in one transaction that makes their tasks and
    /// moves them on; a time that was fired before is not fired again. A refused submission is written down and holds up
    /// nobody. A schedule without a plan stays due. What another process holds just now is left to it.
    /// </summary>
    Task<IReadOnlyList<ScheduleFire>> FireDueAsync(
        int limit, Func<ScheduleRecord, DateTimeOffset, FirePlan?> plan, CancellationToken cancellationToken);

    /// <summary>Time until the next schedule is due by the store's clock; null when none is.</summary>
    Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken);
}
