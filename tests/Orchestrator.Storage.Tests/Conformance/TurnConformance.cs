using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class TurnConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Take_NothingReady_IsEmpty()
    {
        var turn = await TurnAsync(10, new ActionCapacity(Action, 10));

        Assert.Empty(turn.Tasks);
        Assert.False(turn.MoreReady);
    }

    [StoreFact]
    public async Task Take_ReadyTask_IsLeasedWithEverythingAnAttemptNeeds()
    {
        var task = NewTask() with { Input = Json("""{ "a":1 }"""), MaxAttempts = 7, TimeoutMs = 1234, DeadlineAt = Clock.Now.AddMinutes(10) };
        await SubmitAsync(task);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(3));

        var claimed = await TakeOneAsync();

        Assert.Equal(task.Id, claimed.Lease.TaskId);
        Assert.NotEqual(Guid.Empty, claimed.Lease.Token);
        Assert.Equal(Default, claimed.Workspace);
        Assert.Equal(Action, claimed.Action);
        Assert.Equal(1, claimed.Attempt);
        Assert.Equal(7, claimed.MaxAttempts);
        Assert.Equal(1234, claimed.TimeoutMs);
        Assert.Equal(task.DeadlineAt, claimed.DeadlineAt);
        Assert.Equal(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(3), claimed.TimeToDeadline);
        Assert.Equal(TimeSpan.FromSeconds(3), claimed.Waited);
        Assert.Equal("""{ "a":1 }""", Text(claimed.Input));
        var record = await FindAsync(task.Id);
        Assert.Equal(TaskState.Processing, record.State);
        Assert.Equal(Clock.Now, record.StartedAt);
        Assert.Equal(["submitted", "queued", "processing"], await HistoryAsync(task.Id));
    }

    [StoreFact]
    public async Task Take_LeasedTask_IsNotLeasedAgain()
    {
        await SubmitOneAsync();
        await TakeOneAsync();

        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Take_SeveralReady_LeasesBestRankFirstAndNoMoreThanTheSlots()
    {
        var low = await SubmitOneAsync(NewTask() with { Score = PriorityHint.Low });
        var high = await SubmitOneAsync(NewTask() with { Score = PriorityHint.High });
        var medium = await SubmitOneAsync(NewTask() with { Score = PriorityHint.Medium });

        Assert.Equal([high, medium], (await TakeAsync(2)).Select(task => task.Lease.TaskId));
        Assert.Equal([low], (await TakeAsync(2)).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Take_OldLowPriority_GoesBeforeNewHighOnceItAgedEnough()
    {
        var old = await SubmitOneAsync(NewTask() with { Score = PriorityHint.Low });
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(((PriorityHint.High - PriorityHint.Low) / Rank.AgeRate) + 1));
        await SubmitOneAsync(NewTask() with { Score = PriorityHint.High });

        Assert.Equal(old, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_ActionsNotOffered_StayAndDoNotBlockTheOthers()
    {
        var unserved = await SubmitAsync([.. NewTasks(50, "unserved").Select(task => task with { Score = PriorityHint.MaxScore })]);
        var served = await SubmitOneAsync(NewTask() with { Score = PriorityHint.MinScore });

        Assert.Equal([served], (await TakeAsync()).Select(task => task.Lease.TaskId));

        Assert.Equal(unserved.Count, (await TakeAsync(action: "unserved")).Count);
    }

    [StoreFact]
    public async Task Take_ActionWithLittleCapacity_IsLeasedThatOften()
    {
        await SubmitAsync([.. NewTasks(10, "scarce"), .. NewTasks(10)]);

        var turn = await TurnAsync(20, new ActionCapacity("scarce", 3), new ActionCapacity(Action, 20));

        Assert.Equal(3, turn.Tasks.Count(task => task.Action == "scarce"));
        Assert.Equal(10, turn.Tasks.Count(task => task.Action == Action));
    }

    [StoreFact]
    public async Task Take_ShortAndLongActions_GetNoMoreThanTheSlotsForThem()
    {
        await SubmitAsync([.. NewTasks(10, "long"), .. NewTasks(10, "longer"), .. NewTasks(10, "short"), .. NewTasks(10)]);
        ActionCapacity[] actions =
        [
            new("long", 4, AttemptPace.LongRunning), new("longer", 4, AttemptPace.LongRunning), new("short", 20), new(Action, 20, AttemptPace.Fast),
        ];

        var turn = await Store.Turns.TakeAsync(new TurnRequest(Guid.Empty, 30, actions, Lease) { SlowSlots = 8, LongSlots = 5 }, None);

        Assert.Equal(10, Count(Action));
        Assert.Equal(4, Count("long"));
        Assert.Equal(1, Count("longer"));
        Assert.Equal(3, Count("short"));

        int Count(string action) => turn.Tasks.Count(task => task.Action == action);
    }

    [StoreFact]
    public async Task Take_ActionWithoutCapacity_IsNotLeased()
    {
        await SubmitAsync(NewTasks(3));

        Assert.Empty((await TurnAsync(10, new ActionCapacity(Action, 0))).Tasks);

        Assert.Equal(3, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Take_PausedWorkspace_IsPassedOverUntilItIsResumed()
    {
        await SubmitAsync(NewTasks(3));
        await Store.Workspaces.PauseAsync(Default, null, None);

        Assert.Empty(await TakeAsync());
        await Store.Workspaces.ResumeAsync(Default, None);

        Assert.Equal(3, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Take_SubmittedWhilePaused_IsLeasedAfterTheResumption()
    {
        await Store.Workspaces.PauseAsync(Default, null, None);
        await SubmitAsync(NewTasks(3));

        Assert.Empty(await TakeAsync());
        await Store.Workspaces.ResumeAsync(Default, None);

        Assert.Equal(3, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Take_WorkspaceWithALimit_NeverRunsMoreThanThat()
    {
        await CreateWorkspaceAsync("small", maxParallel: 3);
        await SubmitToAsync("small", NewTasks(10));

        var claimed = await TakeAsync();
        Assert.Equal(3, claimed.Count);
        Assert.Empty(await TakeAsync());

        await SettleAsync(claimed[0], Completed());
        Assert.Single(await TakeAsync());
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Take_LimitRaisedOrLifted_LeasesTheRest()
    {
        await CreateWorkspaceAsync("small", maxParallel: 1);
        await SubmitToAsync("small", NewTasks(10));
        Assert.Single(await TakeEverythingAsync());

        await Store.Workspaces.UpdateAsync("small", workspace => workspace with { MaxParallel = 4 }, None);
        Assert.Equal(3, (await TakeEverythingAsync()).Count);

        await Store.Workspaces.UpdateAsync("small", workspace => workspace with { MaxParallel = null }, None);
        Assert.Equal(6, (await TakeEverythingAsync()).Count);
    }

    [StoreFact]
    public async Task Take_LimitLoweredBelowWhatRuns_LeasesNothingUntilEnoughEnded()
    {
        await CreateWorkspaceAsync("small", maxParallel: 4);
        await SubmitToAsync("small", NewTasks(10));
        var running = await TakeEverythingAsync();
        await Store.Workspaces.UpdateAsync("small", workspace => workspace with { MaxParallel = 2 }, None);

        await SettleAsync(running[0], Completed());
        await SettleAsync(running[1], Completed());
        Assert.Empty(await TakeEverythingAsync());

        await SettleAsync(running[2], Completed());
        Assert.Single(await TakeEverythingAsync());
    }

    [StoreFact]
    public async Task Take_ManyWorkspacesInSmallTurns_SaysThereIsMoreUntilAllIsLeased()
    {
        for (var i = 0; i < 100; i++)
        {
            await CreateWorkspaceAsync($"w-{i}");
            await SubmitToAsync($"w-{i}", NewTasks(2));
        }

        Assert.True((await TurnAsync(1, new ActionCapacity(Action, 1))).MoreReady);

        Assert.Equal(199, (await TakeEverythingAsync(slots: 7)).Count);
        Assert.Equal(200, (await Store.Tasks.CountAsync(null, None))[TaskState.Processing]);
    }

    [StoreFact]
    public async Task Take_SlotsToSpare_LeasesAllOfADeepWorkspace()
    {
        await CreateWorkspaceAsync("empty");
        await SubmitAsync(NewTasks(700));

        Assert.Equal(700, (await TakeEverythingAsync(slots: 64)).Count);
    }
}
