using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Tasks that wait for their children: without a slot, without using up attempts, and never for ever.</summary>
public abstract class ChildrenWaitConformance(Func<Task<ITestStore>> create) : DelegationSuite(create)
{
    [StoreFact]
    public async Task Settle_Awaiting_WaitsWithoutASlotAndWithoutAnAttempt()
    {
        var (parent, children) = await DelegateAsync(2);

        Assert.Equal(SettlementResult.Parked, await SettleAsync(parent, Awaiting(children)));

        var task = await FindAsync(parent.Lease.TaskId);
        Assert.Equal((TaskState.Waiting, WaitingFor.Children, 0), (task.State, task.WaitingFor, task.Attempt));
        Assert.Equal(["submitted", "queued", "processing", "waiting"], await HistoryAsync(task.Id));
        Assert.Equal(children, (await TakeAsync()).Select(claimed => claimed.Lease.TaskId));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(parent, Awaiting(children)));
    }

    [StoreFact]
    public async Task Settle_LastAwaitedChild_GivesTheTaskANewAttemptWithItsCheckpoint()
    {
        var (parent, children) = await DelegateAsync(3);
        await SettleAsync(parent, Awaiting(children, """{"step":1}"""));
        var claimed = await TakeAsync();

        await SettleAsync(claimed[0], Completed());
        await SettleAsync(claimed[1], Failed());
        await ResolveAsync();
        Assert.Equal(TaskState.Waiting, await StateAsync(parent.Lease.TaskId));
        await Store.Control.CancelAsync(children[2], None);
        await ResolveAsync();

        var again = await TakeOneAsync();
        Assert.Equal((parent.Lease.TaskId, 1, 1), (again.Lease.TaskId, again.Attempt, again.Continuation));
        Assert.Equal("""{"step":1}""", Text(again.Checkpoint));
        await SettleAsync(again, Completed());
        Assert.Equal(["submitted", "queued", "processing", "waiting", "queued", "processing", "completed"], await HistoryAsync(parent.Lease.TaskId));
    }

    [StoreFact]
    public async Task Settle_AwaitingChildrenThatHaveEnded_IsReadyAtOnce()
    {
        var (parent, children) = await DelegateAsync(2);
        foreach (var child in await TakeAsync())
        {
            await SettleAsync(child, Completed());
        }

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(parent, Awaiting(children)));

        Assert.Equal(parent.Lease.TaskId, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(["submitted", "queued", "processing", "waiting", "queued", "processing"], await HistoryAsync(parent.Lease.TaskId));
    }

    [StoreFact]
    public async Task Settle_AwaitingInTheBatchInWhichTheChildrenEnd_DoesNotWaitForEver()
    {
        var (parent, children) = await DelegateAsync(2);
        var claimed = await TakeAsync();

        await Store.Leases.SettleAsync(
            [Settlement(claimed[0], Completed()), Settlement(parent, Awaiting(children)), Settlement(claimed[1], Completed())], None);
        await ResolveAsync();

        Assert.Equal(TaskState.Queued, await StateAsync(parent.Lease.TaskId));
    }

    [StoreFact]
    public async Task Settle_AwaitingWhileTheChildrenEnd_NeverWaitsForEver()
    {
        const int Rounds = 12;
        const int Parents = 10;
        var parked = 0;
        await Store.LoosenFusesAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await SubmitAsync(NewTasks(Parents));
            var parents = await TakeAsync();
            var delegated = await Store.Submissions.SubmitAsync([.. parents.Select(parent => Delegating(parent, Child(parent, "a"), Child(parent, "b")))], None);
            var waits = parents.Zip(delegated, (parent, result) => Settlement(parent, Awaiting([.. ((SubmissionResult.Accepted)result).Tasks.Select(task => task.Id)]))).ToList();
            var ends = (await TakeAsync()).Select(child => Settlement(child, Completed())).Reverse().Chunk(7).ToList();

            // In turns: both ways round must be seen.
            var parking = round % 2 == 0 ? ParkAsync() : null;
            var ending = Task.WhenAll(ends.Select(batch => Task.Run(() => Store.Leases.SettleAsync(batch, None))));
            var resolving = Task.Run(ResolveAsync);
            parked += (await (parking ?? ParkAsync())).Count(result => result == SettlementResult.Parked);
            await Task.WhenAll(ending, resolving);
            await ResolveAsync();

            var again = await TakeAsync();
            Assert.Equal(parents.Select(parent => parent.Lease.TaskId), again.Select(task => task.Lease.TaskId));
            await Store.Leases.SettleAsync([.. again.Select(task => Settlement(task, Completed()))], None);

            Task<IReadOnlyList<SettlementResult>> ParkAsync() => Task.Run(() => Store.Leases.SettleAsync(waits, None));
        }

        Assert.InRange(parked, 1, (Rounds * Parents) - 1);
    }

    [StoreFact]
    public async Task Settle_AwaitingSomeOfTheChildren_DoesNotWaitForTheOthers()
    {
        var (parent, children) = await DelegateAsync(2);
        await SettleAsync(parent, Awaiting([children[0]]));

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(TaskState.Queued, await StateAsync(parent.Lease.TaskId));
        Assert.Equal(TaskState.Queued, await StateAsync(children[1]));
    }

    [StoreFact]
    public async Task Settle_AwaitingTasksThatAreNotItsChildren_IsReadyAtOnce()
    {
        var other = await SubmitOneAsync(NewTask("other"));
        var (parent, _) = await DelegateAsync(0);

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(parent, Awaiting([other, TaskIds.Next()])));
        Assert.Equal(TaskState.Queued, await StateAsync(parent.Lease.TaskId));
    }

    [StoreFact]
    public async Task Settle_AwaitingAChildThatDependsOnTheTask_IsRefusedAsACircle()
    {
        var (parent, children) = await DelegateAsync(1);
        var after = Assert.Single(await SubmitAsync(NewTask() with { ParentId = parent.Lease.TaskId, DependsOn = [parent.Lease.TaskId] })).Id;

        Assert.Equal(SettlementResult.Circular, await SettleAsync(parent, Awaiting([children[0], after])));

        Assert.Equal(TaskState.Processing, await StateAsync(parent.Lease.TaskId));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(parent, Completed()));
    }

    [StoreFact]
    public async Task Settle_AwaitingAGrandchildThatDependsOnAnAncestor_IsRefusedAsACircle()
    {
        var (parent, children) = await DelegateAsync(1);
        await SettleAsync(parent, Awaiting(children));
        var child = await TakeOneAsync();
        var late = NewTask() with { ParentId = child.Lease.TaskId, DelegationKey = "late", DependsOn = [parent.Lease.TaskId] };
        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(Delegating(child, late)));

        Assert.Equal(SettlementResult.Circular, await SettleAsync(child, Awaiting([late.Id])));
    }

    [StoreFact]
    public async Task Settle_CrashOfAContinuation_RepeatsItWithTheSameCheckpoint()
    {
        var (parent, children) = await DelegateAsync(1);
        await SettleAsync(parent, Awaiting(children, "1"));
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();
        var lost = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);
        await SettleAsync(lost, Retried(), ofExpiredLease: true);

        var again = await TakeOneAsync();

        Assert.Equal((parent.Lease.TaskId, 2, 1), (again.Lease.TaskId, again.Attempt, again.Continuation));
        Assert.Equal("1", Text(again.Checkpoint));
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(lost, Completed()));
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(lost, Awaiting(children)));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(again, Completed()));
    }

    [StoreFact]
    public async Task Settle_AwaitingOverAndOver_UsesUpNoAttempts()
    {
        var id = await SubmitOneAsync(NewTask() with { MaxAttempts = 1 });
        for (var round = 0; round < 5; round++)
        {
            var parent = await TakeOneAsync();
            Assert.Equal((id, 1, round), (parent.Lease.TaskId, parent.Attempt, parent.Continuation));
            var child = Child(parent, $"round-{round}");
            await TrySubmitAsync(Delegating(parent, child));
            await SettleAsync(parent, Awaiting([child.Id]));
            await SettleAsync(await TakeOneAsync(), Completed());
            await ResolveAsync();
        }

        await SettleAsync(await TakeOneAsync(), Completed());
        Assert.Equal((TaskState.Completed, 1), ((await FindAsync(id)).State, (await FindAsync(id)).Attempt));
    }
}
