using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>The queue of a resource: its order, who is woken and when, and what may happen to a task in it.</summary>
public abstract class ResourceQueueConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Wake_Refill_WakesAsManyAsCanRunInTheOrderOfRank()
    {
        await PutBucketAsync(2, 1);
        var tasks = await SubmitAsync([.. Enumerable.Range(0, 6).Select(index => Needs(1) with { Score = index * 100 })]);
        Assert.Equal([tasks[5].Id, tasks[4].Id], (await TakeAsync()).Select(task => task.Lease.TaskId));
        Assert.Empty(await WakeAsync());

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal([tasks[3].Id], await WakeAsync());
        Assert.Empty(await WakeAsync());

        Assert.Equal(tasks[3].Id, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(["submitted", "queued", "waiting", "queued", "processing"], await HistoryAsync(tasks[3].Id));
    }

    [StoreFact]
    public async Task FindNextLook_SomebodyWaits_IsWhenTheNextCanRunAndNoLaterThanASecond()
    {
        Assert.Equal(new NextLook(null, false), await Store.Resources.FindNextLookAsync(None));
        await PutBucketAsync(1, 4);
        await SubmitAsync(Needs(1), Needs(1));

        await TakeAsync();

        Assert.Equal(new NextLook(TimeSpan.FromMilliseconds(250), false), await Store.Resources.FindNextLookAsync(None));
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        Assert.Single(await WakeAsync());
        Assert.Equal(new NextLook(null, false), await Store.Resources.FindNextLookAsync(None));
    }

    [StoreFact]
    public async Task FindNextLook_AllThatABucketHoldsIsKept_IsWhenMoreHasComeInAndThenRarerWhileNobodyTakesIt()
    {
        await PutBucketAsync(2, 50);
        await SubmitAsync([.. Enumerable.Range(0, 6).Select(_ => Needs(1))]);
        await TakeAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await WakeAsync()).Count);

        foreach (var pause in new[] { 20, 20, 40, 80 })
        {
            Assert.Equal(TimeSpan.FromMilliseconds(pause), (await Store.Resources.FindNextLookAsync(None)).In);
            await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(pause));
            Assert.Empty(await WakeAsync());
        }

        Assert.Equal(2, (await TakeAsync()).Count);
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(160));
        Assert.Equal(2, (await WakeAsync()).Count);
    }

    [StoreFact]
    public async Task Wake_EndOfAnAttempt_WakesAsManyAsItsPermitsServe()
    {
        await Store.Resources.PutAsync("shared", new ResourceBounds.Semaphore(4), None);
        await SubmitAsync([Needs(3), Needs(1), Needs(1), Needs(1), Needs(3)]);
        var held = await TakeAsync();
        Assert.Equal(2, held.Count);
        Assert.True((await Store.Resources.FindNextLookAsync(None)).AfterEnds);
        Assert.Empty(await Store.Resources.WakeAsync(true, None));

        await SettleAsync(held[0], Completed());

        Assert.Equal(2, (await Store.Resources.WakeAsync(true, None)).Count);
        Assert.Equal(2, (await TakeAsync()).Count);
    }

    [StoreFact]
    public async Task Wake_SomebodyWokenHasNotStartedYet_KeepsItForHimForASecond()
    {
        await PutBucketAsync(1, 1);
        await SubmitAsync(Needs(1), Needs(1), Needs(1));
        await TakeAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var woken = Assert.Single(await WakeAsync());

        // Neither another one in the queue nor one that has just come gets the token.
        var late = await SubmitOneAsync(Needs(1) with { Score = 1_000 });
        Assert.Empty(await WakeAsync());
        Assert.Equal(woken, Assert.Single(await TakeAsync()).Lease.TaskId);
        Assert.Equal(TaskState.Waiting, await StateAsync(late));

        // Nobody serves him: after a second the token goes to the next.
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(late, Assert.Single(await WakeAsync()));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Single(await WakeAsync());
    }

    [StoreFact]
    public async Task Take_SomebodyWokenLacksSomethingElse_LeavesWhatWasKeptToTheNext()
    {
        await Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(1), None);
        await PutBucketAsync(1, 1);
        await SubmitOneAsync(NeedsPermitAnd(1) with { Score = 900 });
        var woken = await SubmitOneAsync(NeedsPermitAnd(1) with { Score = 800 });
        await SettleAsync(Assert.Single(await TakeAsync()), Completed());
        Assert.Equal([woken], await Store.Resources.WakeAsync(true, None));
        var next = await SubmitOneAsync(NeedsPermitAnd(0));

        // The permit was kept for him; he lacks a token, so the next gets it in the same turn.
        Assert.Equal(next, Assert.Single(await TakeAsync()).Lease.TaskId);
        Assert.Equal("shared", (await FindAsync(woken)).WaitingOn);
    }

    [StoreFact]
    public async Task Take_SomebodyWokenLacksSomethingElse_LeavesWhatIsKeptForOthers()
    {
        await Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(1), None);
        await PutBucketAsync(2, 1);
        await SubmitOneAsync(Needs(2) with { Score = 900 });
        var lacking = await SubmitOneAsync(NeedsPermitAnd(1) with { Score = 800 });
        var other = await SubmitOneAsync(Needs(1) with { Score = 700 });
        await SubmitOneAsync(NeedsPermitAnd(0));
        Assert.Equal(2, (await TakeAsync()).Count);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal([lacking, other], await WakeAsync());

        // Of two tokens one is let go and one is still kept, so there are not two for who comes between them.
        var between = await SubmitOneAsync(Needs(2) with { Score = 750 });
        Assert.Equal(other, Assert.Single(await TakeAsync()).Lease.TaskId);
        Assert.Equal(("permits", "shared"), ((await FindAsync(lacking)).WaitingOn, (await FindAsync(between)).WaitingOn));
    }

    [StoreFact]
    public async Task Wake_WorkspaceIsPaused_HoldsUpNobodyElse()
    {
        await CreateWorkspaceAsync("paused");
        await PutBucketAsync(1, 1);
        await SubmitToAsync("paused", [.. Enumerable.Range(0, 40).Select(_ => Needs(1) with { Score = 900 })]);
        Assert.Single(await TakeEverythingAsync());
        await Store.Workspaces.PauseAsync("paused", null, None);
        var other = await SubmitOneAsync(Needs(1));
        Assert.Empty(await TakeEverythingAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        for (var i = 0; i < 3; i++)
        {
            await WakeAsync();
        }

        Assert.Equal(other, Assert.Single(await TakeEverythingAsync()).Lease.TaskId);
        await Store.Workspaces.ResumeAsync("paused", None);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Single(await TakeEverythingAsync());
    }

    [StoreFact]
    public async Task Take_SeveralWorkspaces_ShareOneQueue()
    {
        await CreateWorkspaceAsync("other");
        await PutBucketAsync(1, 1);
        await SubmitAsync(Needs(1));
        await TakeAsync();
        var low = await SubmitOneAsync(Needs(1));
        var high = Assert.Single(await SubmitToAsync("other", Needs(1) with { Score = 900 })).Id;
        Assert.Empty(await TakeEverythingAsync());

        foreach (var next in new[] { high, low })
        {
            await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
            await WakeAsync();
            Assert.Equal(next, Assert.Single(await TakeAsync()).Lease.TaskId);
        }
    }

    [StoreFact]
    public async Task Cancel_WaitingTask_LeavesTheQueue()
    {
        await PutBucketAsync(1, 1);
        var tasks = await SubmitAsync(Needs(1), Needs(1), Needs(1));
        await TakeAsync();

        Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(tasks[1].Id, None));

        Assert.Equal(["submitted", "queued", "waiting", "cancelled"], await HistoryAsync(tasks[1].Id));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([tasks[2].Id], await WakeAsync());
    }

    [StoreFact]
    public async Task FailOverdue_WaitingTask_Fails()
    {
        await PutBucketAsync(1, 1);
        await SubmitAsync(Needs(1));
        await TakeAsync();
        var id = await SubmitOneAsync(Needs(1) with { DeadlineAt = Clock.Now.AddSeconds(1) });
        await TakeAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([id], await Store.Reminders.FailOverdueAsync(10, None));

        Assert.Equal(TaskState.Failed, await StateAsync(id));
    }

    [StoreFact]
    public async Task Patch_WaitingTask_TakesItsNewPlace()
    {
        await PutBucketAsync(1, 1);
        var tasks = await SubmitAsync(Needs(1), Needs(1), Needs(1), Needs(1));
        await TakeAsync();

        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(tasks[3].Id, new TaskPatch { Score = 900 }, None));
        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(tasks[2].Id, new TaskPatch { RunAt = Clock.Now.AddHours(1) }, None));

        Assert.Equal(TaskState.Scheduled, await StateAsync(tasks[2].Id));
        Assert.Empty(await TakeAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([tasks[3].Id], await WakeAsync());
    }

    [StoreFact]
    public async Task Take_ManyInNeed_ParksThemAllAndComesToAnEnd()
    {
        await PutBucketAsync(1, 1);
        await SubmitAsync([.. Enumerable.Range(0, 2_500).Select(_ => Needs(1))]);

        Assert.Single(await TakeEverythingAsync());

        Assert.Equal(2_499, (await Store.Resources.FindAsync("shared", None))!.Waiting);
        Assert.Equal(2_499, (await Store.Tasks.CountAsync(null, None))[TaskState.Waiting]);
    }

    private static NewTask Needs(int amount) => NewTask() with { Resources = new Dictionary<string, int> { ["shared"] = amount } };

    private static NewTask NeedsPermitAnd(int tokens) => NewTask() with
    {
        Resources = tokens > 0 ? new Dictionary<string, int> { ["permits"] = 1, ["shared"] = tokens } : new Dictionary<string, int> { ["permits"] = 1 },
    };

    private Task<(ResourceRecord Resource, bool Created)> PutBucketAsync(int capacity, decimal refill) => Store.Resources.PutAsync("shared", new ResourceBounds.Bucket(capacity, refill), None);

    private Task<IReadOnlyList<Guid>> WakeAsync() => Store.Resources.WakeAsync(false, None);
}
