using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Schedules;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class FireConformance(Func<Task<ITestStore>> create) : ScheduleSuite(create)
{
    [StoreFact]
    public async Task FireDue_AtItsTime_MakesOneTaskAndMovesOn()
    {
        await CreateAsync(Schedule("one") with { Task = NewTask() with { Input = Json("""{"n": 1}"""), Score = 700, Tags = ["t"] } });
        var due = Clock.Now + Minute;
        await Clock.AdvanceAsync(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await FireAsync());
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        var fire = Assert.Single(await FireAsync());
        Assert.Empty(await FireAsync());

        Assert.Equal(new ScheduleFire("one", due, fire.TaskId, null), fire);
        var schedule = await FindScheduleAsync("one");
        Assert.Equal((due, fire.TaskId, null, due + Minute), (schedule.LastFireAt, schedule.LastTaskId, schedule.LastError, schedule.NextFireAt));
        var task = await FindAsync(fire.TaskId!.Value);
        Assert.Equal((TaskState.Queued, 700), (task.State, task.Score));
        Assert.Equal(["t"], task.Tags);
        Assert.Equal("""{"n": 1}""", Text((await TakeOneAsync()).Input));
    }

    [StoreFact]
    public async Task FireDue_SeveralTimesAtOnce_MakesATaskForEach()
    {
        await CreateAsync(Schedule("one"));
        var first = Clock.Now + Minute;
        await Clock.AdvanceAsync(3 * Minute);

        var fires = await FireAsync((schedule, now) => new FirePlan([.. Enumerable.Range(0, 3).Select(i => new PlannedFire(first + (i * Minute), NewTask()))], now + Minute));

        Assert.Equal([first, first + Minute, first + (2 * Minute)], fires.Select(fire => fire.At));
        Assert.Equal(3, (await TakeEverythingAsync()).Count);
        Assert.Equal(first + (2 * Minute), (await FindScheduleAsync("one")).LastFireAt);
    }

    [StoreFact]
    public async Task FireDue_TimeThatWasFiredBefore_MakesNoSecondTask()
    {
        await CreateAsync(Schedule("one"));
        var due = Clock.Now + Minute;
        await Clock.AdvanceAsync(Minute);
        Assert.Single(await FireAsync());

        // A clock that was set back, or a changed schedule, brings the same time round again.
        await Store.Schedules.UpdateAsync("one", (before, _) => before with { NextFireAt = due }, None);
        Assert.Empty(await FireAsync());

        Assert.Equal(due + Minute, (await FindScheduleAsync("one")).NextFireAt);
        Assert.Single(await TakeEverythingAsync());
    }

    [StoreFact]
    public async Task FireDue_NothingToFire_OnlyMovesOn()
    {
        await CreateAsync(Schedule("one"));
        await Clock.AdvanceAsync(Minute);

        Assert.Empty(await FireAsync((_, now) => new FirePlan([], now + Minute)));

        var schedule = await FindScheduleAsync("one");
        Assert.Equal((null, Clock.Now + Minute), (schedule.LastFireAt, schedule.NextFireAt));
    }

    [StoreFact]
    public async Task FireDue_ScheduleWithoutAPlan_StaysDueAndHoldsUpNobody()
    {
        await CreateAsync(Schedule("one"));
        await CreateAsync(Schedule("two"));
        await Clock.AdvanceAsync(Minute);

        Assert.Equal(["two"], (await FireAsync((schedule, now) => schedule.Id == "one" ? null : PlanOne(schedule, now))).Select(fire => fire.Schedule));
        Assert.Equal(["one"], (await FireAsync()).Select(fire => fire.Schedule));
    }

    [StoreFact]
    public async Task FireDue_DiesInTheMiddle_LeavesNothingAndIsFiredByTheNext()
    {
        await CreateAsync(Schedule("one"));
        await CreateAsync(Schedule("two"));
        await Clock.AdvanceAsync(Minute);

        await Assert.ThrowsAsync<InvalidOperationException>(() => FireAsync(
            (schedule, now) => schedule.Id == "two" ? throw new InvalidOperationException() : PlanOne(schedule, now)));

        Assert.Empty(await Test.QuerySqlAsync("select 'left' from schedule_fires"));
        Assert.Equal(["one", "two"], (await FireAsync()).Select(fire => fire.Schedule).Order());
        Assert.Equal(2, (await TakeEverythingAsync()).Count);
    }

    [StoreFact]
    public async Task FireDue_RefusedSubmission_IsToldOnTheScheduleAndHoldsUpNobody()
    {
        await CreateWorkspaceAsync("full");
        await SubmitToAsync("full", [.. Enumerable.Range(0, TaskLimits.MaxReadyActions).Select(i => NewTask($"action-{i}"))]);
        await CreateAsync(Schedule("one") with { Workspace = "full" });
        await CreateAsync(Schedule("two"));
        await Clock.AdvanceAsync(Minute);

        var fires = (await FireAsync()).ToDictionary(fire => fire.Schedule);

        Assert.Contains("different actions", fires["one"].Error, StringComparison.Ordinal);
        Assert.Null(fires["one"].TaskId);
        Assert.Null(fires["two"].Error);
        var refused = await FindScheduleAsync("one");
        Assert.Equal((Clock.Now, null, fires["one"].Error, Clock.Now + Minute), (refused.LastFireAt, refused.LastTaskId, refused.LastError, refused.NextFireAt));

        await Store.Schedules.UpdateAsync("one", (before, _) => before with { Task = NewTask("action-0") }, None);
        await Clock.AdvanceAsync(Minute);
        await FireAsync();
        Assert.Null((await FindScheduleAsync("one")).LastError);
    }

    [StoreFact]
    public async Task FireDue_PausedWorkspace_MakesTheTaskThatWaits()
    {
        await CreateAsync(Schedule("one"));
        await Store.Workspaces.PauseAsync(Default, null, None);
        await Clock.AdvanceAsync(Minute);

        Assert.NotNull(Assert.Single(await FireAsync()).TaskId);

        Assert.Empty(await TakeAsync());
        await Store.Workspaces.ResumeAsync(Default, None);
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task FireDue_MoreThanTheLimit_FiresTheEarliest()
    {
        await CreateAsync(Schedule("late") with { NextFireAt = Clock.Now + (2 * Minute) });
        await CreateAsync(Schedule("early"));
        await Clock.AdvanceAsync(2 * Minute);

        Assert.Equal(["early"], (await FireAsync(limit: 1)).Select(fire => fire.Schedule));
    }

    [StoreFact]
    public async Task FindNextDue_Schedules_IsTheTimeUntilTheEarliest()
    {
        Assert.Null(await Store.Schedules.FindNextDueAsync(None));
        await CreateAsync(Schedule("off") with { Paused = true, NextFireAt = null });
        Assert.Null(await Store.Schedules.FindNextDueAsync(None));
        await CreateAsync(Schedule("on"));

        Assert.Equal(Minute, await Store.Schedules.FindNextDueAsync(None));
    }
}
