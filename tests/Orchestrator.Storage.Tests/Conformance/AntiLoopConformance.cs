using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Leases;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class AntiLoopConformance(Func<Task<ITestStore>> create) : FuseSuite(create)
{
    [StoreFact]
    public async Task Take_MoreDelegatedExecutionsThanAWindowMayHave_StartsThoseAndPausesTheWorkspace()
    {
        await CreateOwnAsync();
        var children = await SubmitChildrenAsync(FuseDefaults.LoopExecutions + 5);

        var turn = await TurnAtAsync();
        var check = await CheckAsync(turn);

        Assert.Equal(children.Take(FuseDefaults.LoopExecutions).Select(task => task.Id), turn.Tasks.Select(task => task.Lease.TaskId));
        Assert.Equal(Fuse.AntiLoop, Assert.Single(turn.Held).By);
        Assert.Equal((Own, Fuse.AntiLoop), (Assert.Single(check.Trips).Workspace, check.Trips[0].Fuse));
        var workspace = await FindOwnAsync();
        var end = Clock.Now.AddSeconds(FuseDefaults.LoopPauseSeconds);
        Assert.Equal((true, "antiLoop", end), (workspace.Paused, workspace.PausedBy, workspace.PausedUntil));
        Assert.Equal((Clock.Now, end, 1), (workspace.FuseStates[0].TrippedAt, workspace.FuseStates[0].Until, workspace.FuseStates[0].Trips));
        Assert.Equal(["fuse.tripped", "workspace.paused"], await EventsAsync());
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Take_WorkspaceIsPaused_OthersGoOn()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 1 });
        await SubmitChildrenAsync(2);
        await CheckAsync(await TurnAtAsync());

        await SubmitAsync(NewTasks(30));

        Assert.Equal(30, (await TakeEverythingAsync()).Count);
    }

    [StoreFact]
    public async Task ResumePaused_TimeHasCome_GoesOnWithANewWindow()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 2, LoopPauseSeconds = 10 });
        await SubmitChildrenAsync(5);
        await CheckAsync(await TurnAtAsync());

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await Store.Reminders.ResumePausedAsync(None));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2, (await TurnAtAsync()).Tasks.Count);
        Assert.Null((await FuseAsync(Fuse.AntiLoop))!.TrippedAt);
        Assert.Equal(["fuse.tripped", "workspace.paused", "fuse.reset", "workspace.resumed"], await EventsAsync());
    }

    [StoreFact]
    public async Task Pause_ByHandWhileTheFusePauses_MovesTheEndOfTheFuse()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 2, LoopPauseSeconds = 10 });
        await SubmitChildrenAsync(5);
        await CheckAsync(await TurnAtAsync());

        await Store.Workspaces.PauseAsync(Own, null, None);
        Assert.Null((await FuseAsync(Fuse.AntiLoop))!.Until);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, await Store.Reminders.ResumePausedAsync(None));

        var end = Clock.Now.AddSeconds(5);
        await Store.Workspaces.PauseAsync(Own, end, None);
        Assert.Equal(end, (await FuseAsync(Fuse.AntiLoop))!.Until);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await Store.Reminders.ResumePausedAsync(None));
        Assert.Null((await FuseAsync(Fuse.AntiLoop))!.TrippedAt);
    }

    [StoreFact]
    public async Task Reset_TrippedFuse_ResumesWithANewWindow()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 2 });
        await SubmitChildrenAsync(5);
        await CheckAsync(await TurnAtAsync());

        Assert.True(await Store.Fuses.ResetAsync(Own, Fuse.AntiLoop, None));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.False((await FindOwnAsync()).Paused);
        Assert.Equal(2, (await TurnAtAsync()).Tasks.Count);
        Assert.False(await Store.Fuses.ResetAsync("nobody", Fuse.AntiLoop, None));
    }

    [StoreFact]
    public async Task Resume_ByHand_ClosesTheFuse()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 1 });
        await SubmitChildrenAsync(2);
        await CheckAsync(await TurnAtAsync());

        await Store.Workspaces.ResumeAsync(Own, None);

        Assert.Null((await FuseAsync(Fuse.AntiLoop))!.TrippedAt);
        Assert.Single(await TakeAsync());
    }

    [StoreFact]
    public async Task Take_Retry_IsAnotherExecution()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 2 });
        await SubmitChildrenAsync(1);
        await SettleAsync(await TakeOneAsync(), Retried());
        await SettleAsync(await TakeOneAsync(), Retried());

        var turn = await TurnAtAsync();

        Assert.Empty(turn.Tasks);
        Assert.Single((await CheckAsync(turn)).Trips);
    }

    [StoreFact]
    public async Task Take_AttemptGivenBackBeforeItBegan_IsNoExecution()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 1 });
        await SubmitChildrenAsync(1);
        await SettleAsync(await TakeOneAsync(), new AttemptOutcome.HandedBack());

        Assert.Single((await TurnAtAsync()).Tasks);
    }

    [StoreFact]
    public async Task Take_WindowSlides_ExecutionsThatLeaveItMakeRoom()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 2, LoopWindowSeconds = 10 });
        await SubmitChildrenAsync(4);
        Assert.Single((await TurnAtAsync(slots: 1)).Tasks);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.Single((await TurnAtAsync(slots: 1)).Tasks);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));

        var turn = await TurnAtAsync();

        Assert.Single(turn.Tasks);
        Assert.Single(turn.Held);
    }

    [StoreFact]
    public async Task Check_RoomAgainMeanwhile_TripsNothing()
    {
        await CreateOwnAsync(new FuseSettings { LoopExecutions = 1, LoopWindowSeconds = 10 });
        await SubmitChildrenAsync(2);
        var turn = await TurnAtAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        var check = await CheckAsync(turn);

        Assert.Empty(check.Trips);
        Assert.True(check.MayGoOn);
    }

    [StoreFact]
    public async Task Take_TasksOfACaller_CountOnlyWhereAllDo()
    {
        await SubmitAsync(NewTasks(30));
        Assert.Equal(30, (await TurnAtAsync()).Tasks.Count);

        await CreateOwnAsync(new FuseSettings { LoopCountAll = true });
        await SubmitToAsync(Own, NewTasks(30));
        var turn = await TurnAtAsync();

        Assert.Equal(FuseDefaults.LoopExecutions, turn.Tasks.Count);
        Assert.Single((await CheckAsync(turn)).Trips);
    }
}
