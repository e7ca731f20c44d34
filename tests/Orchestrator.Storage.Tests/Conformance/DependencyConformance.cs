using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class DependencyConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Submit_DependsOnALiveTask_IsBlockedUntilItCompletes()
    {
        var first = await SubmitOneAsync();
        var second = NewTask() with { DependsOn = [first] };
        Assert.Equal(TaskState.Blocked, Assert.Single(await SubmitAsync(second)).State);

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(TaskState.Queued, await StateAsync(second.Id));
        Assert.Equal(second.Id, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(["submitted", "blocked", "queued", "processing"], await HistoryAsync(second.Id));
    }

    [StoreFact]
    public async Task Submit_DependsInsideTheBatch_RunsInThatOrder()
    {
        var last = NewTask();
        var first = NewTask();
        var middle = NewTask() with { DependsOn = [first.Id] };
        last = last with { DependsOn = [middle.Id, first.Id] };

        var created = await SubmitAsync(last, middle, first);

        Assert.Equal([TaskState.Blocked, TaskState.Blocked, TaskState.Queued], created.Select(task => task.State));
        foreach (var expected in new[] { first.Id, middle.Id, last.Id })
        {
            var claimed = Assert.Single(await TakeAsync());
            Assert.Equal(expected, claimed.Lease.TaskId);
            await SettleAsync(claimed, Completed());
            await ResolveAsync();
        }
    }

    [StoreFact]
    public async Task Submit_DependsOnSeveral_WaitsForTheLastOfThem()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync();
        var third = await SubmitOneAsync(NewTask() with { DependsOn = [first, second] });

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();
        Assert.Equal(TaskState.Blocked, await StateAsync(third));

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();
        Assert.Equal(TaskState.Queued, await StateAsync(third));
    }

    [StoreFact]
    public async Task Submit_SameDependencyTwice_WaitsForItOnce()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first, first] });

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(TaskState.Queued, await StateAsync(second));
    }

    [StoreFact]
    public async Task Submit_DependsOnACompletedTask_IsQueued()
    {
        var done = await SubmitEndedAsync(Completed());

        Assert.Equal(TaskState.Queued, Assert.Single(await SubmitAsync(NewTask() with { DependsOn = [done] })).State);
    }

    [StoreFact]
    public async Task Submit_DependsOnAFailedTask_IsCancelled()
    {
        var failed = await SubmitEndedAsync(Failed());

        var task = await SubmitOneAsync(NewTask() with { DependsOn = [failed] });
        await ResolveAsync();

        var record = await FindAsync(task);
        Assert.Equal(TaskState.Cancelled, record.State);
        Assert.Equal(ErrorCodes.DependencyFailed, record.Error?.Code);
    }

    [StoreFact]
    public async Task Submit_DependsOnAFailedTaskAndRunsAllTheSame_IsQueued()
    {
        var failed = await SubmitEndedAsync(Failed());

        var task = NewTask() with { DependsOn = [failed], OnDependencyFailure = DependencyFailureAction.Run };

        Assert.Equal(TaskState.Queued, Assert.Single(await SubmitAsync(task)).State);
    }

    [StoreFact]
    public async Task Settle_FailedDependency_CancelsDependantsDownTheChain()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });
        var third = await SubmitOneAsync(NewTask() with { DependsOn = [second] });

        await SettleAsync(await TakeOneAsync(), Failed());
        await ResolveAsync();

        Assert.Equal(TaskState.Cancelled, await StateAsync(second));
        Assert.Equal(TaskState.Cancelled, await StateAsync(third));
        Assert.Equal(ErrorCodes.DependencyFailed, (await FindAsync(third)).Error?.Code);
        Assert.Equal(["submitted", "blocked", "cancelled"], await HistoryAsync(second));
    }

    [StoreFact]
    public async Task Settle_FailedDependencyOfATaskThatRunsAllTheSame_ReleasesIt()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first], OnDependencyFailure = DependencyFailureAction.Run });

        await SettleAsync(await TakeOneAsync(), Failed());
        await ResolveAsync();

        Assert.Equal(TaskState.Queued, await StateAsync(second));
    }

    [StoreFact]
    public async Task Settle_DependencyThatIsTriedAgain_KeepsDependantsBlocked()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(await TakeOneAsync(), Retried()));
        await ResolveAsync();

        Assert.Equal(TaskState.Blocked, await StateAsync(second));
    }

    [StoreFact]
    public async Task Submit_BlockedWithRunAt_IsScheduledOnceItsDependenciesEnded()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first], RunAt = Clock.Now.AddMinutes(1) });

        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(TaskState.Scheduled, await StateAsync(second));
        await Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([second], await Store.Reminders.FireDueAsync(10, None));
    }

    [StoreFact]
    public async Task Submit_DependsOnOneThousandInAnyOrder_IsReleasedOnce()
    {
        var tasks = NewTasks(TaskLimits.MaxDependencies);
        var last = NewTask() with { DependsOn = [.. tasks.Select(task => task.Id)] };
        await SubmitAsync([last, .. tasks]);

        var claimed = await TakeEverythingAsync();
        await Store.Leases.SettleAsync([.. claimed.Select(task => Settlement(task, Completed()))], None);
        await ResolveAsync();

        Assert.Equal(last.Id, Assert.Single(await TakeAsync()).Lease.TaskId);
    }
}
