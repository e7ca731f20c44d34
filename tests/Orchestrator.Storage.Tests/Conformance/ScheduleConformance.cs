using Orchestrator.Core.Schedules;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class ScheduleConformance(Func<Task<ITestStore>> create) : ScheduleSuite(create)
{
    [StoreFact]
    public async Task Create_EveryField_ComesBack()
    {
        var task = NewTask() with
        {
            Name = "n",
            Description = "d",
            OwnerId = "o",
            Tags = ["a", "b"],
            Input = Json("""{"x": [1, "è"]}"""),
            Score = 700,
            MaxAttempts = 5,
            TimeoutMs = 9_000,
            Resources = new Dictionary<string, int> { ["r"] = 2 },
            Skills = ["s"],
        };
        var wanted = Schedule("nightly") with { Cron = "0 2 * * *", TimeZone = "Europe/Rome", IntervalMs = null, MissedFires = MissedFires.Once, Task = task };

        var created = await CreateAsync(wanted);

        var found = await FindScheduleAsync("nightly");
        Assert.Equal(wanted with { Task = found.Task, CreatedAt = Clock.Now, UpdatedAt = Clock.Now }, found);
        Assert.Equal(found with { Task = created.Task }, created);
        Assert.Equal(Text(task.Input), Text(found.Task.Input));
        Assert.Equal(
            task with { Input = default, Tags = found.Task.Tags, Resources = found.Task.Resources, Skills = found.Task.Skills, DependsOn = found.Task.DependsOn },
            found.Task with { Input = default });
        Assert.Equal(["a", "b"], found.Task.Tags);
        Assert.Equal(["s"], found.Task.Skills);
        Assert.Equal(2, found.Task.Resources["r"]);
    }

    [StoreFact]
    public async Task Create_TakenIdOrUnknownWorkspace_IsToldAndChangesNothing()
    {
        await CreateAsync(Schedule("one"));

        Assert.IsType<ScheduleCreation.IdTaken>(await Store.Schedules.CreateAsync(_ => Schedule("one") with { IntervalMs = 7_000 }, None));
        Assert.IsType<ScheduleCreation.WorkspaceNotFound>(await Store.Schedules.CreateAsync(_ => Schedule("two") with { Workspace = "nowhere" }, None));

        Assert.Equal(60_000, (await FindScheduleAsync("one")).IntervalMs);
        Assert.Null(await Store.Schedules.FindAsync("two", None));
    }

    [StoreFact]
    public async Task List_Several_IsOrderedByIdInPagesWithoutInputs()
    {
        await CreateWorkspaceAsync("team");
        foreach (var id in new[] { "b", "a-1", "c", "a" })
        {
            await CreateAsync(Schedule(id) with { Workspace = id == "c" ? "team" : Default, Task = NewTask() with { Input = Json("[1]") } });
        }

        var all = await Store.Schedules.ListAsync(null, null, 3, None);

        Assert.Equal(["a", "a-1", "b"], all.Select(schedule => schedule.Id));
        Assert.All(all, schedule => Assert.True(schedule.Task.Input.IsEmpty));
        Assert.Equal(["c"], (await Store.Schedules.ListAsync(null, "b", 3, None)).Select(schedule => schedule.Id));
        Assert.Equal(["c"], (await Store.Schedules.ListAsync("team", null, 3, None)).Select(schedule => schedule.Id));
    }

    [StoreFact]
    public async Task Update_Change_KeepsWhatTheFiresWrote()
    {
        await CreateAsync(Schedule("one"));
        await Clock.AdvanceAsync(Minute);
        var fire = Assert.Single(await FireAsync());

        var updated = await Store.Schedules.UpdateAsync("one", (before, now) => before with { Paused = true, NextFireAt = null, MissedFires = MissedFires.Once }, None);

        Assert.True(updated!.Paused);
        Assert.Equal((fire.At, fire.TaskId), (updated.LastFireAt, updated.LastTaskId));
        Assert.Equal(Clock.Now, updated.UpdatedAt);
        Assert.Null(await Store.Schedules.UpdateAsync("nowhere", (before, _) => before, None));
        await Clock.AdvanceAsync(Minute);
        Assert.Empty(await FireAsync());
    }

    [StoreFact]
    public async Task Delete_Schedule_LeavesItsTasks()
    {
        await CreateAsync(Schedule("one"));
        await Clock.AdvanceAsync(Minute);
        var fire = Assert.Single(await FireAsync());

        Assert.True(await Store.Schedules.DeleteAsync("one", None));

        Assert.Null(await Store.Schedules.FindAsync("one", None));
        Assert.False(await Store.Schedules.DeleteAsync("one", None));
        Assert.Equal(TaskState.Queued, await StateAsync(fire.TaskId!.Value));
        Assert.Empty(await Test.QuerySqlAsync("select 'left' from schedule_fires"));
    }

    [StoreFact]
    public async Task DeleteWorkspace_WithSchedules_TakesThemAlong()
    {
        await CreateWorkspaceAsync("team");
        await CreateAsync(Schedule("one") with { Workspace = "team" });
        await CreateAsync(Schedule("two"));
        await Clock.AdvanceAsync(Minute);
        var fire = (await FireAsync()).Single(fire => fire.Schedule == "one");
        Assert.Equal(WorkspaceDeletion.HasLiveTasks, await Store.Workspaces.DeleteAsync("team", None));
        await Store.Control.CancelAsync(fire.TaskId!.Value, None);
        await ResolveAsync();

        Assert.Equal(WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync("team", None));

        Assert.Null(await Store.Schedules.FindAsync("one", None));
        Assert.NotNull(await Store.Schedules.FindAsync("two", None));
        Assert.Single(await Test.QuerySqlAsync("select 'left' from schedule_fires"));
    }

    [StoreFact]
    public async Task Purge_OldFires_GoWithTheReceipts()
    {
        await CreateAsync(Schedule("one"));
        await Clock.AdvanceAsync(Minute);
        await FireAsync();
        var periods = new RetentionPeriods(Minute, Minute, Minute, TimeSpan.FromHours(1));

        await Clock.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await Store.Retention.PurgeAsync(periods, 10, None));
        await Clock.AdvanceAsync(Minute);
        Assert.Equal(1, await Store.Retention.PurgeAsync(periods, 10, None));
    }
}
