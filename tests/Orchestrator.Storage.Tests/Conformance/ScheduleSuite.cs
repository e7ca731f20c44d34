using Orchestrator.Storage.Schedules;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Short words for work with schedules.</summary>
public abstract class ScheduleSuite(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Due in a minute, and every minute.</summary>
    protected ScheduleRecord Schedule(string id) => new()
    {
        Id = id,
        Workspace = Default,
        IntervalMs = 60_000,
        AnchorAt = Clock.Now,
        Task = NewTask(),
        NextFireAt = Clock.Now + Minute,
    };

    protected async Task<ScheduleRecord> CreateAsync(ScheduleRecord schedule) =>
        Assert.IsType<ScheduleCreation.Created>(await Store.Schedules.CreateAsync(_ => schedule, None)).Schedule;

    protected async Task<ScheduleRecord> FindScheduleAsync(string id)
    {
        var schedule = await Store.Schedules.FindAsync(id, None);
        Assert.NotNull(schedule);
        return schedule;
    }

    protected Task<IReadOnlyList<ScheduleFire>> FireAsync(Func<ScheduleRecord, DateTimeOffset, FirePlan?>? plan = null, int limit = 10) =>
        Store.Schedules.FireDueAsync(limit, plan ?? PlanOne, None);

    /// <summary>Fires the time that is due, and again a minute from now.</summary>
    protected static FirePlan PlanOne(ScheduleRecord schedule, DateTimeOffset now) =>
        new([new PlannedFire(schedule.NextFireAt!.Value, schedule.Task with { Id = TaskIds.Next() })], now + Minute);
}
