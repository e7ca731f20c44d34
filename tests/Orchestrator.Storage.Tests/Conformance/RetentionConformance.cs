using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class RetentionConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly RetentionPeriods Periods =
        new(TimeSpan.FromHours(1), TimeSpan.FromHours(24), TimeSpan.FromMinutes(30), TimeSpan.FromHours(24));

    [StoreFact]
    public async Task Purge_EndedTasks_DeletesEachAfterTheTimeOfItsState()
    {
        var completed = await SubmitEndedAsync(Completed());
        var failed = await SubmitEndedAsync(Failed());
        var cancelled = await SubmitCancelledAsync();
        var live = await SubmitOneAsync();

        await AssertGoneAsync(after: TimeSpan.FromMinutes(29), []);
        await AssertGoneAsync(after: TimeSpan.FromMinutes(2), [cancelled]);
        await AssertGoneAsync(after: TimeSpan.FromMinutes(30), [completed]);
        await AssertGoneAsync(after: TimeSpan.FromHours(24), [failed]);

        Assert.Equal(TaskState.Queued, await StateAsync(live));
    }

    [StoreFact]
    public async Task Purge_EndedTask_LeavesNothingOfIt()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Store.Leases.AppendAsync([new AttemptEvent.Chunk(claimed.Lease, "text")], None);
        await SettleAsync(claimed, Completed());
        await ResolveAsync();
        await Clock.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(1, await Store.Retention.PurgeAsync(Periods, 10, None));

        Assert.Null(await Store.Tasks.FindAsync(id, None));
        Assert.Null(await Store.Tasks.FindInputAsync(id, None));
        Assert.Null(await Store.Tasks.ReadHistoryAsync(id, 0, 10, None));
        Assert.Equal([id], await Store.Tasks.FindEndedAsync([id], None));
        Assert.Empty((await Store.Tasks.ListAsync(new TaskQuery(Default, 10), None))!);
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Completed()));
    }

    [StoreFact]
    public async Task Purge_MoreThanTheLimit_DeletesThatMany()
    {
        for (var i = 0; i < 5; i++)
        {
            await SubmitEndedAsync(i % 2 == 0 ? Completed() : Failed());
        }

        await Clock.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(2, await Store.Retention.PurgeAsync(Periods, 2, None));
        Assert.Equal(2, await Store.Retention.PurgeAsync(Periods, 2, None));
        Assert.Equal(1, await Store.Retention.PurgeAsync(Periods, 2, None));
        Assert.Equal(0, await Store.Retention.PurgeAsync(Periods, 2, None));
    }

    [StoreFact]
    public async Task Purge_EndThatDependantsHaveNotBeenToldOf_Waits()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });
        await SettleAsync(await TakeOneAsync(), Completed());
        await Clock.AdvanceAsync(TimeSpan.FromHours(2));

        await Store.Retention.PurgeAsync(Periods, 10, None);
        await ResolveAsync();

        Assert.Equal(TaskState.Queued, await StateAsync(second));
    }

    private async Task AssertGoneAsync(TimeSpan after, Guid[] expected)
    {
        await Clock.AdvanceAsync(after);
        Assert.Equal(expected.Length, await Store.Retention.PurgeAsync(Periods, 100, None));
        foreach (var id in expected)
        {
            Assert.Null(await Store.Tasks.FindAsync(id, None));
        }
    }
}
