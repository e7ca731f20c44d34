using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Delegation;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What else can happen to a task that waits for its children.</summary>
public abstract class WaitingParentConformance(Func<Task<ITestStore>> create) : DelegationSuite(create)
{
    private static readonly RetentionPeriods Short = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    [StoreFact]
    public async Task Cancel_OfAWaitingTask_CancelsItsDescendants()
    {
        var (parent, children) = await DelegateAsync(2);
        await SettleAsync(parent, Awaiting(children));
        var child = await TakeOneAsync();
        var grandchild = Child(child, "deep");
        await TrySubmitAsync(Delegating(child, grandchild));
        await SettleAsync(child, Awaiting([grandchild.Id]));

        var cancelled = Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(parent.Lease.TaskId, None)).Cancelled;

        Assert.Equal([parent.Lease.TaskId, .. children, grandchild.Id], cancelled.Order());
        await ResolveAsync();
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Deadline_OfAWaitingTask_FailsItAndCancelsItsDescendants()
    {
        var (parent, children) = await DelegateAsync(2, NewTask() with { DeadlineAt = Clock.Now.AddSeconds(10) });
        await SettleAsync(parent, Awaiting(children));
        var running = await TakeOneAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([parent.Lease.TaskId], await Store.Reminders.FailOverdueAsync(10, None));
        await ResolveAsync();

        Assert.Equal(ErrorCodes.DeadlineExceeded, (await FindAsync(parent.Lease.TaskId)).Error!.Code);
        Assert.All(children, child => Assert.Equal(TaskState.Cancelled, StateAsync(child).GetAwaiter().GetResult()));
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(running, Completed()));
    }

    [StoreFact]
    public async Task Deadline_FoundByTheAttempt_CancelsTheChildrenToo()
    {
        var (parent, children) = await DelegateAsync(1);

        await SettleAsync(parent, Failed(ErrorCodes.DeadlineExceeded));
        await ResolveAsync();

        Assert.Equal(TaskState.Cancelled, await StateAsync(children[0]));
    }

    [StoreFact]
    public async Task Settle_ParentThatEndsOtherwise_LeavesItsChildrenAlone()
    {
        var (parent, children) = await DelegateAsync(1);

        await SettleAsync(parent, Failed());
        await ResolveAsync();

        Assert.Equal(children[0], (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Purge_EndedChildOfALiveParent_WaitsUntilTheParentHasEnded()
    {
        var (parent, children) = await DelegateAsync(2);
        await SettleAsync(parent, Awaiting(children));
        await SettleAsync(await TakeOneAsync(), Completed("[7]"));
        await ResolveAsync();
        await Clock.AdvanceAsync(TimeSpan.FromDays(2));

        // Of the child nothing goes but its place in the window of the anti-loop counter.
        Assert.Equal(1, await Store.Retention.PurgeAsync(Short, 100, None));

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();
        var again = await TakeOneAsync();
        Assert.Equal("[7]", Text((await Store.Delegation.FindChildrenAsync(parent.Lease.TaskId, children, None))[0].Result));
        await SettleAsync(again, Completed());
        await Clock.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(3 + 1, await Store.Retention.PurgeAsync(Short, 100, None));
    }

    [StoreFact]
    public async Task Patch_OfATaskThatGoesOn_IsRefused()
    {
        var (parent, children) = await DelegateAsync(1);
        await SettleAsync(parent, Awaiting(children));
        Assert.Equal(PatchResult.AlreadyStarted, await Store.Control.PatchAsync(parent.Lease.TaskId, new TaskPatch { Score = 1 }, None));

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(PatchResult.AlreadyStarted, await Store.Control.PatchAsync(parent.Lease.TaskId, new TaskPatch { Input = Json("9") }, None));
    }

    [StoreFact]
    public async Task HandBack_OfAContinuation_KeepsWhenItStarted()
    {
        var (parent, children) = await DelegateAsync(1);
        await SettleAsync(parent, Awaiting(children));
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        await SettleAsync(await TakeOneAsync(), new AttemptOutcome.HandedBack());

        Assert.NotNull((await FindAsync(parent.Lease.TaskId)).StartedAt);
    }

    [StoreFact]
    public async Task Submit_DependsOnAWaitingTask_RunsAfterIt()
    {
        var (parent, children) = await DelegateAsync(1);
        var next = await SubmitOneAsync(NewTask() with { DependsOn = [parent.Lease.TaskId] });
        await SettleAsync(parent, Awaiting(children));
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(next, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Find_Awaited_NamesTheFirstAndCountsAll()
    {
        var (parent, children) = await DelegateAsync(3);
        await SettleAsync(parent, Awaiting(children));
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        var awaited = await Store.Delegation.FindAwaitedAsync(parent.Lease.TaskId, 1, None);

        Assert.Equal((children[1], 2), (Assert.Single(awaited.First), awaited.Count));
        Assert.Equal((0, 0), await NothingAsync());

        async Task<(int First, int Count)> NothingAsync()
        {
            AwaitedTasks none = await Store.Delegation.FindAwaitedAsync(children[0], 10, None);
            return (none.First.Count, none.Count);
        }
    }
}
