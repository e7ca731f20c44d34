using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>A workspace has used what was accepted of its attempts, once, whatever became of their tasks.</summary>
public abstract class UsageConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TaskUsage Some = new(5, 4, 3, 2, 0.000000001m);

    [StoreFact]
    public async Task FindUsage_NothingUsedOrNoSuchWorkspace_IsZeroOrNull()
    {
        await SubmitEndedAsync(Completed());

        Assert.Equal(new TaskUsage(), await TotalAsync());
        Assert.Empty((await FindUsageAsync()).Days);
        Assert.Null(await Store.Workspaces.FindUsageAsync("none", None));
        Assert.Equal(["0"], await Test.QuerySqlAsync("select count(*) from workspace_usage_entries"));
    }

    [StoreFact]
    public async Task Settle_EachOutcome_CountsWhatTheAttemptUsed()
    {
        await Store.Resources.PutAsync("search", new ResourceBounds.Bucket(100, 20), None);
        var error = TaskError.Of(ErrorCodes.RateLimited, "slow down");
        var refused = new AttemptOutcome.Refused(error, TimeSpan.FromHours(1), Retried(TimeSpan.FromHours(1)) with { Usage = Some });
        AttemptOutcome[] outcomes =
        [
            Completed(), Failed(), Retried(), Retried(TimeSpan.FromHours(1)), new AttemptOutcome.HandedBack { Began = true }, refused,
            new AttemptOutcome.AwaitingApproval(new(null, "Go on?", null, null), null),
        ];
        foreach (var (index, outcome) in outcomes.Index())
        {
            var id = await SubmitOneAsync();
            await SettleAsync(await TakeOneAsync(), outcome with { Usage = Some });

            Assert.Equal(Times(index + 1), await TotalAsync());
            Assert.Equal(Some, (await FindAsync(id)).Usage);
            await Store.Control.CancelAsync(id, None);
        }

        await SubmitAsync(NewTask() with { Resources = new Dictionary<string, int> { ["search"] = 1 } });
        Assert.Equal(SettlementResult.Parked, await SettleAsync(await TakeOneAsync(), refused with { Usage = Some }));
        Assert.Equal(Times(outcomes.Length + 1), await TotalAsync());
    }

    [StoreFact]
    public async Task Save_WithUsage_CountsOnceAndNothingOfALostLease()
    {
        await SubmitOneAsync();
        var claim = await TakeOneAsync();

        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), 0, Some, None));
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("1"), 0, Some, None));
        Assert.Equal(Times(1), await TotalAsync());
        Assert.True(await Store.Steering.SaveAsync(claim.Lease, Json("2"), 0, Some, None));
        await SettleAsync(claim, Completed() with { Usage = Some });

        Assert.False(await Store.Steering.SaveAsync(claim.Lease, Json("3"), 0, Some, None));
        Assert.Equal(Times(3), await TotalAsync());
    }

    [StoreFact]
    public async Task Settle_AwaitingChildren_CountsUnlessTheyWaitForTheTask()
    {
        await SubmitAsync(NewTask("parent"));
        var parent = Assert.Single(await TakeAsync(1, "parent"));
        var child = await SubmitOneAsync(NewTask("child") with { ParentId = parent.Lease.TaskId });
        var awaiting = new AttemptOutcome.Awaiting([child], null) { Usage = Some };
        Assert.Equal(SettlementResult.Parked, await SettleAsync(parent, awaiting));
        Assert.Equal(Some, await TotalAsync());

        await SettleAsync(Assert.Single(await TakeAsync(1, "child")), Completed());
        await ResolveAsync();
        var again = Assert.Single(await TakeAsync(1, "parent"));
        var circular = await SubmitOneAsync(NewTask("child") with { ParentId = parent.Lease.TaskId, DependsOn = [parent.Lease.TaskId] });
        Assert.Equal(SettlementResult.Circular, await SettleAsync(again, new AttemptOutcome.Awaiting([circular], null) { Usage = Some }));
        Assert.Equal(Some, await TotalAsync());
    }

    [StoreFact]
    public async Task Settle_Repeated_CountsOnce()
    {
        foreach (var (index, outcome) in new[] { Completed(), Failed(), Retried(TimeSpan.FromHours(1)) }.Index())
        {
            await SubmitOneAsync();
            var settlement = Settlement(await TakeOneAsync(), outcome with { Usage = Some });

            Assert.Equal([SettlementResult.Accepted, SettlementResult.Accepted], await Store.Leases.SettleAsync([settlement, settlement], None));
            Assert.Equal([SettlementResult.Accepted], await Store.Leases.SettleAsync([settlement], None));

            Assert.Equal(Times(index + 1), await TotalAsync());
        }
    }

    [StoreFact]
    public async Task Settle_BatchOfAllKinds_CountsWhatWasAcceptedInEachWorkspace()
    {
        await CreateWorkspaceAsync("other");
        await SubmitAsync(NewTasks(4));
        await SubmitToAsync("other", NewTasks(2));
        var claims = await TakeEverythingAsync();
        var own = claims.Where(static claim => claim.Workspace == Default).ToList();
        var others = claims.Where(static claim => claim.Workspace == "other").ToList();
        var early = Settlement(own[0], Completed() with { Usage = Some });
        await Store.Leases.SettleAsync([early], None);
        var lost = Settlement(own[1], Completed() with { Usage = Some }) with { Lease = own[1].Lease with { Token = Guid.NewGuid() } };

        Settlement[] ends = [early, lost, Settlement(own[2], Completed()), Settlement(others[0], Completed() with { Usage = Some })];
        Assert.Equal(SettlementResult.LeaseLost, (await Store.Leases.SettleAsync(ends, None))[1]);
        Assert.Equal((Some, Some), (await TotalAsync(), await TotalAsync("other")));

        Settlement[] mixed = [early, lost, Settlement(own[3], Failed() with { Usage = Some }), Settlement(others[1], Retried() with { Usage = Some })];
        Assert.Equal(SettlementResult.LeaseLost, (await Store.Leases.SettleAsync(mixed, None))[1]);
        Assert.Equal((Times(2), Times(2)), (await TotalAsync(), await TotalAsync("other")));
    }

    [StoreFact]
    public async Task Settle_ExpiredOrCancelled_CountsNothing()
    {
        await SubmitAsync(NewTasks(2));
        var claims = await TakeAsync();
        await Store.Control.CancelAsync(claims[0].Lease.TaskId, None);
        await Clock.AdvanceAsync(Lease);

        Assert.All(
            await Store.Leases.SettleAsync([.. claims.Select(claim => Settlement(claim, Completed() with { Usage = Some }))], None),
            static result => Assert.Equal(SettlementResult.LeaseLost, result));

        Assert.Equal(new TaskUsage(), await TotalAsync());
    }

    [StoreFact]
    public async Task Settle_OfARemoteWorker_CountsOnce()
    {
        await SubmitAsync(NewTasks(2));
        var turn = await Store.Turns.TakeAsync(new TurnRequest(Guid.Empty, 2, [new(Action, 2)], Lease) { IsRemote = true }, None);
        Settlement[] batch =
        [
            Settlement(turn.Tasks[0], Completed() with { Usage = Some }) with { IsRemote = true },
            Settlement(turn.Tasks[1], Retried() with { Usage = Some }) with { IsRemote = true },
        ];

        await Store.Leases.SettleAsync(batch, None);
        await Store.Leases.SettleAsync(batch, None);

        Assert.Equal(Times(2), await TotalAsync());
    }

    [StoreFact]
    public async Task FindUsage_OverManyDays_IsByDayNewestFirstAndInAll()
    {
        var first = DateOnly.FromDateTime(Clock.Now.UtcDateTime);
        foreach (var pause in new[] { 0, 10, 30 })
        {
            await Clock.AdvanceAsync(TimeSpan.FromDays(pause));
            await UseAsync(2);
            await FoldAsync(pause);
        }

        var usage = await FindUsageAsync();
        Assert.Equal(Times(6), usage.Total);
        Assert.Equal([new(first.AddDays(40), Times(2)), new(first.AddDays(10), Times(2))], usage.Days);
        await Clock.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal([first.AddDays(40)], (await FindUsageAsync()).Days.Select(static day => day.Day));
    }

    [StoreFact]
    public async Task FindUsage_AroundMidnight_IsOfTheDayByUtc()
    {
        var now = Clock.Now.UtcDateTime;
        await Clock.AdvanceAsync(now.Date.AddDays(1).AddMicroseconds(-1) - now);
        var day = DateOnly.FromDateTime(now);
        await UseAsync(1);
        await SubmitOneAsync();
        await SettleAsync(await TakeOneAsync(), Retried(TimeSpan.FromHours(1)) with { Usage = Some });
        await Clock.AdvanceAsync(TimeSpan.FromMicroseconds(1));
        await UseAsync(1);

        Assert.Equal([new(day.AddDays(1), Some), new(day, Times(2))], (await FindUsageAsync()).Days);
    }

    [StoreFact]
    public async Task Purge_ManyEntries_FoldsThemInBoundedBatchesAndKeepsTheSums()
    {
        await CreateWorkspaceAsync("other");
        await UseAsync(5);
        await UseAsync(3, "other");

        Assert.Equal(3, await FoldAsync(3));
        Assert.Equal(3, await FoldAsync(3));
        Assert.Equal(2, await FoldAsync(3));
        Assert.Equal(0, await FoldAsync(3));

        Assert.Equal(["0"], await Test.QuerySqlAsync("select count(*) from workspace_usage_entries"));
        Assert.Equal(["2"], await Test.QuerySqlAsync("select count(*) from workspace_usage"));
        Assert.Equal((Times(5), Times(3)), (await TotalAsync(), await TotalAsync("other")));
    }

    [StoreFact]
    public async Task Purge_TasksArePurged_KeepsTheirUsage()
    {
        await UseAsync(2);
        await Clock.AdvanceAsync(TimeSpan.FromDays(2));
        var day = TimeSpan.FromDays(1);

        await Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day), 100, None);

        Assert.Equal(["0"], await Test.QuerySqlAsync("select count(*) from finished_tasks"));
        Assert.Equal(Times(2), await TotalAsync());
    }

    [StoreFact]
    public async Task Purge_MoreThanCanBeCounted_StaysAtTheMost()
    {
        const long most = 4_500_000_000_000_000_000;
        var nonsense = new TaskUsage(TaskUsage.MaxTokens, 0, 0, 0, TaskUsage.MaxCost);
        await UseAsync(1);
        await FoldAsync(10);
        await Test.ExecuteSqlAsync($"update workspace_usage set input_tokens = {most - 1}, cost_nanos = {most - 1}");
        await SubmitAsync(NewTasks(2));
        await Store.Leases.SettleAsync([.. (await TakeAsync()).Select(claim => Settlement(claim, Completed() with { Usage = nonsense }))], None);

        Assert.Equal(new TaskUsage(most, 4, 3, 2, most / 1_000_000_000m), await TotalAsync());
        await FoldAsync(10);
        Assert.Equal(new TaskUsage(most, 4, 3, 2, most / 1_000_000_000m), await TotalAsync());
    }

    [StoreFact]
    public async Task Delete_WorkspaceWithUsage_LeavesNothingOfIt()
    {
        await CreateWorkspaceAsync("other");
        await UseAsync(1, "other");
        await FoldAsync(10);
        await UseAsync(1, "other");
        await UseAsync(1);

        Assert.Equal(WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync("other", None));

        Assert.Equal(["0"], await Test.QuerySqlAsync("select count(*) from workspace_usage"));
        Assert.Equal(["1"], await Test.QuerySqlAsync("select count(*) from workspace_usage_entries"));
        Assert.Equal(Some, await TotalAsync());
    }

    private static TaskUsage Times(int count) => new(
        Some.InputTokens * count, Some.OutputTokens * count, Some.CachedTokens * count, Some.ReasoningTokens * count, Some.Cost * count);

    /// <summary>Ends so many tasks that have used something, each by itself.</summary>
    private async Task UseAsync(int count, string workspace = Default)
    {
        await SubmitToAsync(workspace, NewTasks(count));
        foreach (var claim in await TakeAsync())
        {
            await SettleAsync(claim, Completed() with { Usage = Some });
        }
    }

    private async Task<WorkspaceUsage> FindUsageAsync(string workspace = Default) => (await Store.Workspaces.FindUsageAsync(workspace, None))!;

    private async Task<TaskUsage> TotalAsync(string workspace = Default) => (await FindUsageAsync(workspace)).Total;

    private Task<int> FoldAsync(int limit)
    {
        var never = TimeSpan.FromDays(3_000);
        return Store.Retention.PurgeAsync(new RetentionPeriods(never, never, never, never) { Journal = never, WebhookDeliveries = never }, limit, None);
    }
}
