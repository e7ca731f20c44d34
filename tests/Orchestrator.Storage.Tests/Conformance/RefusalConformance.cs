using Orchestrator.Core.Resources;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>A provider that refuses an attempt for its rate closes the bucket for everybody.</summary>
public abstract class RefusalConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    [StoreFact]
    public async Task Settle_Refused_ClosesTheBucketUntilThen()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(100, 20), None);
        await SubmitAsync(Needs("search"), Needs("search"));
        var refused = await TakeOneAsync();

        Assert.Equal(SettlementResult.Parked, await SettleAsync(refused, Refused()));

        var resource = await Store.Resources.FindAsync("search", None);
        Assert.Equal((Clock.Now + Pause, 0m, 1L), (resource!.ClosedUntil, resource.Available, resource.Waiting));
        Assert.Empty(await TakeAsync());
        await Clock.AdvanceAsync(Pause);
        Assert.Empty(await Store.Resources.WakeAsync(false, None));

        // It opens empty, and gives no burst.
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal([refused.Lease.TaskId], await Store.Resources.WakeAsync(false, None));
        Assert.Equal(refused.Lease.TaskId, (await TakeOneAsync()).Lease.TaskId);
        Assert.Null((await Store.Resources.FindAsync("search", None))!.ClosedUntil);
    }

    [StoreFact]
    public async Task Settle_Refused_CostsNoAttemptAndKeepsTheError()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(1, 1_000), None);
        var id = await SubmitOneAsync(Needs("search") with { MaxAttempts = 1 });
        var refused = await TakeOneAsync();

        await SettleAsync(refused, Refused());

        var task = await FindAsync(id);
        Assert.Equal((TaskState.Waiting, WaitingFor.Resource, "search", 0), (task.State, task.WaitingFor, task.WaitingOn, task.Attempt));
        Assert.Equal(ErrorCodes.RateLimited, task.Error?.Code);
        Assert.Equal(["submitted", "queued", "processing", "waiting"], await HistoryAsync(id));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(refused, Refused()));
        Assert.Equal(["submitted", "queued", "processing", "waiting"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Settle_RefusedTooOften_DoesWhatIsDoneOtherwise()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(1, 1_000), None);
        var id = await SubmitOneAsync(Needs("search"));
        for (var i = 0; i < ResourceLimits.MaxRefusals; i++)
        {
            Assert.Equal(SettlementResult.Parked, await SettleAsync(await TakeOneAsync(), Refused()));
            await Clock.AdvanceAsync(Pause * 2);
            await Store.Resources.WakeAsync(false, None);
        }

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(await TakeOneAsync(), Refused()));

        Assert.Equal(TaskState.Failed, await StateAsync(id));
    }

    [StoreFact]
    public async Task Settle_RefusedWithoutABucket_DoesWhatIsDoneOtherwise()
    {
        await Store.Resources.PutAsync("database", new ResourceBounds.Semaphore(5), None);
        var plain = await SubmitOneAsync();
        var other = await SubmitOneAsync(Needs("database"));

        foreach (var task in await TakeAsync())
        {
            Assert.Equal(SettlementResult.Accepted, await SettleAsync(task, Refused(Retried(TimeSpan.FromSeconds(5)))));
        }

        Assert.Equal(TaskState.Scheduled, await StateAsync(plain));
        Assert.Equal(TaskState.Scheduled, await StateAsync(other));
    }

    [StoreFact]
    public async Task Settle_RefusedWithSeveralBuckets_ClosesThemAll()
    {
        await Store.Resources.PutAsync("requests", new ResourceBounds.Bucket(100, 20), None);
        await Store.Resources.PutAsync("tokens", new ResourceBounds.Bucket(100, 20), None);
        await SubmitOneAsync(NewTask() with { Resources = new Dictionary<string, int> { ["tokens"] = 5, ["requests"] = 1 } });

        await SettleAsync(await TakeOneAsync(), Refused());

        Assert.All(await Store.Resources.ListAsync(null, 10, None), resource => Assert.Equal(Clock.Now + Pause, resource.ClosedUntil));
    }

    [StoreFact]
    public async Task Settle_RefusedForLongerThanItIsClosed_IsClosedForLonger()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(100, 20), None);
        await SubmitAsync(Needs("search"), Needs("search"), Needs("search"));
        var tasks = await TakeAsync();

        await SettleAsync(tasks[0], Refused(after: TimeSpan.FromSeconds(9)));
        await SettleAsync(tasks[1], Refused(after: TimeSpan.FromSeconds(2)));

        Assert.Equal(Clock.Now.AddSeconds(9), (await Store.Resources.FindAsync("search", None))!.ClosedUntil);
    }

    [StoreFact]
    public async Task Settle_RefusedInAPausedWorkspace_GoesBackToItWithinASecondAndWaitsForTheBucketOnceResumed()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(10, 1), None);
        var id = await SubmitOneAsync(Needs("search"));
        var refused = await TakeOneAsync();
        await Store.Workspaces.PauseAsync("default", null, None);

        // The queue begins with the refusal, whenever somebody last looked at it.
        await Clock.AdvanceAsync(ResourceLimits.LookEvery * 3);
        await SettleAsync(refused, Refused());
        Assert.Empty(await Store.Resources.WakeAsync(true, None));
        Assert.Equal(new NextLook(ResourceLimits.LookEvery, false), await Store.Resources.FindNextLookAsync(None));
        await Clock.AdvanceAsync(ResourceLimits.LookEvery);
        Assert.Equal([id], await Store.Resources.WakeAsync(true, None));
        Assert.Equal(TaskState.Queued, await StateAsync(id));
        Assert.Empty(await TakeAsync());

        // The bucket is closed all the same.
        await Store.Workspaces.ResumeAsync("default", None);
        Assert.Empty(await TakeAsync());
        Assert.Equal(TaskState.Waiting, await StateAsync(id));
        await Clock.AdvanceAsync(Pause);
        Assert.Equal([id], await Store.Resources.WakeAsync(true, None));
        Assert.Equal(id, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Settle_RefusedByAZombie_ClosesNothing()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(100, 20), None);
        await SubmitOneAsync(Needs("search"));
        var zombie = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(zombie, Refused()));

        Assert.Null((await Store.Resources.FindAsync("search", None))!.ClosedUntil);
    }

    private static NewTask Needs(string name) => NewTask() with { Resources = new Dictionary<string, int> { [name] = 1 } };

    private static AttemptOutcome.Refused Refused(AttemptOutcome? otherwise = null, TimeSpan? after = null) => new(
        TaskError.Of(ErrorCodes.RateLimited, "429"), after ?? Pause, otherwise ?? Failed(ErrorCodes.RateLimited));
}
