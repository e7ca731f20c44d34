using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class BudgetConformance(Func<Task<ITestStore>> create) : FuseSuite(create)
{
    [StoreFact]
    public async Task Take_AttemptsMayCostMoreThanIsLeft_StartsAsManyAsAreCoveredAndWaitsForAnEnd()
    {
        await CreateOwnAsync(budget: 3);
        await SubmitToAsync(Own, NewTasks(5));

        var turn = await TurnAtAsync(maxCost: 1);

        Assert.Equal(3, turn.Tasks.Count);
        Assert.All(turn.Tasks, task => Assert.Equal(1m, task.Reserved));
        Assert.True((await CheckAsync(turn)).MayGoOn);
        Assert.False((await CheckAsync(turn)).MayGoOn);
        Assert.Equal(new BudgetRecord(3, 0, 3), (await FindOwnAsync()).Budget);
        Assert.True((await FindOwnAsync()).ShortOfMoney);
        Assert.Empty((await TurnAtAsync(maxCost: 1)).Held);

        await SettleAsync(turn.Tasks[0], Used(0.5m));
        Assert.True((await SettleCostsAsync()).MayGoOn);
        Assert.Equal(new BudgetRecord(3, 0.5m, 2), (await FindOwnAsync()).Budget);
        await SettleAsync(turn.Tasks[1], Used(0));
        await SettleCostsAsync();

        Assert.Single((await TurnAtAsync(maxCost: 1)).Tasks);
        Assert.Equal(new BudgetRecord(3, 0.5m, 2), (await FindOwnAsync()).Budget);
    }

    [StoreFact]
    public async Task Check_MostIsSpent_WarnsThenPausesAndGoesOnOnceTheLimitIsRaised()
    {
        await CreateOwnAsync(budget: 10);
        await SubmitToAsync(Own, NewTasks(4));
        var turn = await TurnAtAsync(maxCost: 4, slots: 2);
        await Store.Leases.SettleAsync([.. turn.Tasks.Select(task => Settlement(task, Used(4)))], None);
        await SettleCostsAsync();
        Assert.Equal(["fuse.warning"], await EventsAsync());

        var check = await CheckAsync(await TurnAtAsync(maxCost: 4));

        Assert.Equal(Fuse.Budget, Assert.Single(check.Trips).Fuse);
        Assert.Equal("budget", (await FindOwnAsync()).PausedBy);
        Assert.Empty((await TurnAtAsync(maxCost: 4)).Tasks);

        await Store.Workspaces.UpdateAsync(Own, workspace => workspace with { BudgetLimit = 16 }, None);

        Assert.Equal(2, (await TurnAtAsync(maxCost: 4)).Tasks.Count);
        Assert.Equal(new BudgetRecord(16, 8, 8), (await FindOwnAsync()).Budget);
        Assert.Equal(["fuse.warning", "fuse.tripped", "workspace.paused", "fuse.reset", "workspace.resumed"], await EventsAsync());
    }

    [StoreFact]
    public async Task Check_AllIsSpent_PausesWithoutAnotherStart()
    {
        await CreateOwnAsync(budget: 1);
        await SubmitToAsync(Own, NewTask());
        await SettleAsync(Assert.Single((await TurnAtAsync(maxCost: 1)).Tasks), Used(1));

        Assert.Single((await SettleCostsAsync()).Trips);
        Assert.True((await FindOwnAsync()).Paused);
    }

    [StoreFact]
    public async Task Reset_TrippedBudget_CountsFromZeroAndResumes()
    {
        await CreateOwnAsync(budget: 1);
        await SubmitToAsync(Own, NewTasks(2));
        await SettleAsync(Assert.Single((await TurnAtAsync(maxCost: 1)).Tasks), Used(1));
        await SettleCostsAsync();

        await Store.Fuses.ResetAsync(Own, Fuse.Budget, None);

        Assert.Equal(new BudgetRecord(1, 0, 0), (await FindOwnAsync()).Budget);
        Assert.Single((await TurnAtAsync(maxCost: 1)).Tasks);
    }

    [StoreFact]
    public async Task Take_CostIsNotKnown_ReservesAllSoThatOneRunsAtATime()
    {
        await CreateOwnAsync(budget: 10);
        await SubmitToAsync(Own, NewTasks(2));

        var turn = await TurnAtAsync();
        await CheckAsync(turn);

        Assert.Equal(10m, Assert.Single(turn.Tasks).Reserved);
        await SettleAsync(turn.Tasks[0], Used(3));
        await SettleCostsAsync();
        Assert.Equal(7m, Assert.Single((await TurnAtAsync()).Tasks).Reserved);
    }

    [StoreFact]
    public async Task Settle_EachEndOfAnAttempt_IsChargedWhatIsKnown()
    {
        await CreateOwnAsync(budget: 100);
        Assert.Equal(0m, await SpendAsync(task => SettleAsync(task, Completed())));
        Assert.Equal(2m, await SpendAsync(task => SettleAsync(task, new AttemptOutcome.Failed(TaskError.Of(ErrorCodes.InvalidOutput, "no")) { Usage = new TaskUsage(Cost: 2) })));
        Assert.Equal(0m, await SpendAsync(task => SettleAsync(task, Failed())));
        Assert.Equal(0m, await SpendAsync(task => SettleAsync(task, Retried(TimeSpan.FromHours(1)))));
        Assert.Equal(10m, await SpendAsync(task => SettleAsync(task, new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.Timeout, "slow"), TimeSpan.FromHours(1)))));
        Assert.Equal(10m, await SpendAsync(task => SettleAsync(task, new AttemptOutcome.HandedBack { Began = true })));
        Assert.Equal(0m, await SpendAsync(task => SettleAsync(task, new AttemptOutcome.HandedBack())));
        Assert.Equal(10m, await SpendAsync(task => Store.Control.CancelAsync(task.Lease.TaskId, None)));
        Assert.Equal(10m, await SpendAsync(async task =>
        {
            await Clock.AdvanceAsync(Lease);
            Assert.Equal(SettlementResult.Accepted, await SettleAsync(task, new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.HeartbeatMissed, "gone"), TimeSpan.FromHours(1)), ofExpiredLease: true));
        }));
    }

    [StoreFact]
    public async Task Settle_UsageToldWithCheckpoints_IsChargedOnceAndAtLeastTheReservationWhenCutOff()
    {
        await CreateOwnAsync(budget: 100);
        Assert.Equal(5m, await SpendAsync(async task =>
        {
            await NoteAsync(task, "1", 2);
            await NoteAsync(task, "1", 2);
            await NoteAsync(task, "2", 1);
            await SettleAsync(task, Used(2));
        }));
        Assert.Equal(3m, await SpendAsync(async task =>
        {
            await NoteAsync(task, "1", 3);
            await SettleAsync(task, Failed());
        }));
        Assert.Equal(10m, await SpendAsync(async task =>
        {
            await NoteAsync(task, "1", 3);
            await Store.Control.CancelAsync(task.Lease.TaskId, None);
        }));
        Assert.Equal(12m, await SpendAsync(async task =>
        {
            await NoteAsync(task, "1", 12);
            await Store.Control.CancelAsync(task.Lease.TaskId, None);
        }));
    }

    [StoreFact]
    public async Task Settle_SecondAttemptOfATask_IsChargedItsOwnPart()
    {
        await CreateOwnAsync(budget: 100);
        await SubmitToAsync(Own, NewTask());
        await SettleAsync(Assert.Single((await TurnAtAsync(maxCost: 10)).Tasks), new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.ProviderError, "no"), TimeSpan.Zero) { Usage = new TaskUsage(Cost: 3) });

        var turn = await TurnAtAsync(maxCost: 10);
        Assert.Empty(turn.Tasks);
        Assert.True((await CheckAsync(turn)).MayGoOn);
        await SettleAsync(Assert.Single((await TurnAtAsync(maxCost: 10)).Tasks), Used(4));
        await SettleCostsAsync();

        Assert.Equal(new BudgetRecord(100, 7, 0), (await FindOwnAsync()).Budget);
    }

    [StoreFact]
    public async Task Update_BudgetIsTakenAway_NothingIsReservedAnyMore()
    {
        await CreateOwnAsync(budget: 1);
        await SubmitToAsync(Own, NewTasks(2));
        var turn = await TurnAtAsync(maxCost: 1);
        await CheckAsync(turn);

        await Store.Workspaces.UpdateAsync(Own, workspace => workspace with { BudgetLimit = null }, None);

        Assert.Null((await FindOwnAsync()).Budget);
        Assert.Null(Assert.Single((await TurnAtAsync(maxCost: 1)).Tasks).Reserved);
        Assert.False(await Store.Fuses.AnyReservedAsync(None));
    }

    [StoreFact]
    public async Task Delete_WorkspaceWithALedger_LeavesNothing()
    {
        await CreateOwnAsync(budget: 1);
        await SubmitToAsync(Own, NewTask());
        await SettleAsync(Assert.Single((await TurnAtAsync(maxCost: 1)).Tasks), Used(1));
        await SettleCostsAsync();

        Assert.Equal(WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync(Own, None));

        foreach (var table in new[] { "budgets", "budget_ledger", "guarded_attempts", "fuse_states", "workspace_fuses", "workspace_events" })
        {
            Assert.Equal("0", Assert.Single(await Test.QuerySqlAsync($"select count(*) from {table}")));
        }
    }

    [StoreFact]
    public async Task Purge_OldLedger_KeepsItsSums()
    {
        await CreateOwnAsync(budget: 100);
        await SpendAsync(task => SettleAsync(task, Used(3)));
        await Clock.AdvanceAsync(TimeSpan.FromDays(40));
        var day = TimeSpan.FromDays(1);

        await Store.Retention.PurgeAsync(new Retention.RetentionPeriods(day, day, day, day), 1_000, None);

        Assert.Equal("0", Assert.Single(await Test.QuerySqlAsync("select count(*) from budget_ledger")));
        Assert.Equal(3m, (await FindOwnAsync()).Budget!.Spent);
        Assert.Equal(4m, await SpendAsync(task => SettleAsync(task, Used(4))));
    }

    [StoreFact]
    public async Task Take_PaidTaskDoesNotFit_HoldsNothingThatCostsNothing()
    {
        await CreateOwnAsync(budget: 1.5m);
        await SubmitToAsync(Own, NewTasks(3));
        await SubmitToAsync(Own, NewTask("free"));

        var turn = await MixedTurnAsync();

        Assert.Equal(["free", Action], turn.Tasks.Select(static task => task.Lane).Order());
        Assert.Equal([1m, 0m], turn.Tasks.Select(static task => task.Reserved!.Value).OrderDescending());
        Assert.True((await CheckAsync(turn)).MayGoOn);

        await SubmitToAsync(Own, NewTasks(2).Select(static task => task with { Action = "free" }).ToArray());
        var free = await MixedTurnAsync();
        Assert.Equal(["free", "free"], free.Tasks.Select(static task => task.Lane));
        Assert.Empty(free.Held);
        Assert.Equal(new BudgetRecord(1.5m, 0, 1), (await FindOwnAsync()).Budget);

        await SettleAsync(free.Tasks[0], Used(0));
        var again = await MixedTurnAsync();
        Assert.Empty(again.Tasks);
        Assert.Single(again.Held);
        await SettleAsync(turn.Tasks.Single(static task => task.Lane == Action), Used(0));
        await SettleCostsAsync();
        Assert.Equal([Action], (await MixedTurnAsync()).Tasks.Select(static task => task.Lane));
    }

    [StoreFact]
    public async Task Take_MorePaidTasksThanATurnSees_HoldsNothingThatCostsNothing()
    {
        await CreateOwnAsync(budget: 1.5m);
        await SubmitToAsync(Own, NewTasks(200));
        await SubmitToAsync(Own, NewTask("free"));

        var first = await MixedTurnAsync(slots: 2);
        await CheckAsync(first);

        Assert.Equal(["free"], first.Tasks.Concat((await MixedTurnAsync(slots: 2)).Tasks).Select(static task => task.Lane).Where(static lane => lane == "free"));
    }

    private Task<TurnResult> MixedTurnAsync(int slots = 100) =>
        TurnAsync(slots, new ActionCapacity(Action, slots) { MaxCost = 1 }, new ActionCapacity("free", slots) { MaxCost = 0 });

    private static AttemptOutcome.Completed Used(decimal cost) => new(Json("1")) { Usage = new TaskUsage(Cost: cost) };

    /// <summary>What one attempt that reserves 10 is charged when it ends so.</summary>
    private async Task NoteAsync(ClaimedTask task, string checkpoint, decimal cost) =>
        Assert.True(await Store.Steering.SaveAsync(task.Lease, Json(checkpoint), 0, new TaskUsage(Cost: cost), None));

    private async Task<decimal> SpendAsync(Func<ClaimedTask, Task> end)
    {
        var before = (await FindOwnAsync()).Budget!.Spent;
        var id = Assert.Single(await SubmitToAsync(Own, NewTask())).Id;
        var task = Assert.Single((await TurnAtAsync(maxCost: 10)).Tasks);
        Assert.Equal(id, task.Lease.TaskId);
        await end(task);
        await SettleCostsAsync();
        await Store.Control.CancelAsync(id, None);
        var after = (await FindOwnAsync()).Budget!;
        Assert.Equal(0m, after.Reserved);
        return after.Spent - before;
    }
}
