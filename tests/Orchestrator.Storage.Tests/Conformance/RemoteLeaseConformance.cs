using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class RemoteLeaseConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly Guid Gateway = Guid.NewGuid();
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    [StoreFact]
    public async Task Take_ForRemoteWorkers_TokenAloneFindsTheAttempt()
    {
        var id = await SubmitOneAsync(NewTask() with { TimeoutMs = 60_000, MaxAttempts = 7 });
        var claimed = await TakeRemoteAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(3));

        var found = await Store.RemoteLeases.FindAsync(claimed.Lease.Token, None);

        Assert.NotNull(found);
        Assert.Equal(new LeaseId(id, claimed.Lease.Token), found.Lease);
        Assert.Equal((claimed.WorkspaceKey, Default, Action), (found.WorkspaceKey, found.Workspace, found.Lane));
        Assert.Equal((1, 7, 60_000), (found.Attempt, found.MaxAttempts, found.TimeoutMs));
        Assert.Equal((false, false), (found.IsProbe, found.IsSettled));
        Assert.Equal(TimeSpan.FromSeconds(3), found.Ran);
        Assert.Equal(1, await Store.RemoteLeases.CountAsync(Gateway, None));
        Assert.Equal(0, await Store.RemoteLeases.CountAsync(Guid.NewGuid(), None));
        Assert.Null(await Store.RemoteLeases.FindAsync(Guid.NewGuid(), None));
    }

    [StoreFact]
    public async Task Take_BySilo_HasNoRemoteLease()
    {
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();

        Assert.Null(await Store.RemoteLeases.FindAsync(claimed.Lease.Token, None));
        Assert.IsType<RemoteRenewal.Lost>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
        await Clock.AdvanceAsync(Lease);
        Assert.Empty(await Store.RemoteLeases.FindExpiredAsync(10, None));
    }

    [StoreFact]
    public async Task Take_WorkspacesNamed_TakesOnlyFromThese()
    {
        await CreateWorkspaceAsync("a");
        await CreateWorkspaceAsync("b");
        await SubmitToAsync("a", NewTasks(2));
        await SubmitToAsync("b", NewTasks(2));

        var turn = await TurnAsync(["b", "none"]);

        Assert.Equal(["b", "b"], turn.Tasks.Select(task => task.Workspace));
        Assert.False((await TurnAsync(["b"])).MoreReady);
        Assert.Equal(["a", "a"], (await TurnAsync(null)).Tasks.Select(task => task.Workspace));
    }

    [StoreFact]
    public async Task Take_WorkspaceAtItsLimit_GetsNoMore()
    {
        await CreateWorkspaceAsync("small", maxParallel: 2);
        await SubmitToAsync("small", NewTasks(5));

        Assert.Equal(2, (await TurnAsync(null)).Tasks.Count);

        Assert.Empty((await TurnAsync(null)).Tasks);
    }

    [StoreFact]
    public async Task Renew_WithinTheTimeLimit_MovesTheLease()
    {
        await SubmitOneAsync(NewTask() with { TimeoutMs = 60_000 });
        var claimed = await TakeRemoteAsync();
        Assert.Equal(Clock.Now + Lease, claimed.LeaseExpiresAt);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(new RemoteRenewal.Renewed(Clock.Now + Lease, Lease), await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
        await Clock.AdvanceAsync(Lease - Moment);

        Assert.Equal(SettlementResult.Accepted, await SettleRemoteAsync(claimed, Completed()));
    }

    [StoreFact]
    public async Task Renew_NearTheTimeLimit_ReachesNoFurther()
    {
        await SubmitOneAsync(NewTask() with { TimeoutMs = 20_000 });
        var claimed = await TakeRemoteAsync();
        var end = Clock.Now.AddSeconds(20);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(12));

        Assert.Equal(new RemoteRenewal.Renewed(end, TimeSpan.FromSeconds(8)), await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(8));

        Assert.IsType<RemoteRenewal.Lost>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
        Assert.Equal(SettlementResult.LeaseLost, await SettleRemoteAsync(claimed, Completed()));
        Assert.True(Assert.Single(await Store.RemoteLeases.FindExpiredAsync(10, None)).RanOut);
    }

    [StoreFact]
    public async Task Take_TimeLimitShorterThanALease_BoundsTheFirstLease()
    {
        await SubmitAsync(NewTask() with { TimeoutMs = 2_000 }, NewTask() with { TimeoutMs = 60_000 });

        var turn = await TurnAsync(null);

        Assert.Equal([Clock.Now.AddSeconds(2), Clock.Now + Lease], turn.Tasks.Select(task => task.LeaseExpiresAt).Order());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        var expired = Assert.Single(await Store.RemoteLeases.FindExpiredAsync(10, None));
        Assert.True(expired.RanOut);
        Assert.Equal(2_000, expired.Lease.TimeoutMs);
    }

    [StoreFact]
    public async Task FindExpired_HeartbeatsStopped_IsNotTheEndOfItsTimeAndNoSilosLease()
    {
        await SubmitOneAsync();
        var claimed = await TakeRemoteAsync();
        await Clock.AdvanceAsync(Lease);

        var expired = Assert.Single(await Store.RemoteLeases.FindExpiredAsync(10, None));
        Assert.Equal((claimed.Lease, false), (expired.Lease.Lease, expired.RanOut));
        Assert.Empty(await Store.Leases.FindExpiredAsync(10, None));

        Assert.Equal(SettlementResult.Accepted, await SettleRemoteAsync(claimed, Retried(), ofExpiredLease: true));
        Assert.Empty(await Store.RemoteLeases.FindExpiredAsync(10, None));
        Assert.IsType<RemoteRenewal.Lost>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
        Assert.Equal(SettlementResult.LeaseLost, await SettleRemoteAsync(claimed, Completed()));
    }

    [StoreFact]
    public async Task Settle_LateCompletion_IsLostAndTheNextAttemptCounts()
    {
        var id = await SubmitOneAsync();
        var first = await TakeRemoteAsync();
        await Clock.AdvanceAsync(Lease);
        await SettleRemoteAsync(first, Retried(), ofExpiredLease: true);
        var second = await TakeRemoteAsync();

        Assert.Equal(SettlementResult.LeaseLost, await SettleRemoteAsync(first, Completed("1")));
        Assert.Equal(SettlementResult.Accepted, await SettleRemoteAsync(second, Completed("2")));
        Assert.Equal(SettlementResult.LeaseLost, await SettleRemoteAsync(first, Completed("3")));

        Assert.Equal("2", Text((await FindAsync(id)).Result));
    }

    [StoreFact]
    public async Task Settle_SameAgain_IsAcceptedAndTheRowSaysSo()
    {
        foreach (var outcome in new[] { Completed(), Failed(), Retried(TimeSpan.FromHours(1)) })
        {
            var id = await SubmitOneAsync();
            var claimed = await TakeRemoteAsync();
            await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

            Assert.Equal(SettlementResult.Accepted, await SettleRemoteAsync(claimed, outcome));
            await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
            var settled = await Store.RemoteLeases.FindAsync(claimed.Lease.Token, None);
            Assert.Equal((true, TimeSpan.FromSeconds(1)), (settled!.IsSettled, settled.Ran));
            Assert.Equal(SettlementResult.Accepted, await SettleRemoteAsync(claimed, outcome));

            Assert.IsType<RemoteRenewal.Lost>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
            Assert.Equal(0, await Store.RemoteLeases.CountAsync(Gateway, None));
            await Store.Control.CancelAsync(id, None);
        }
    }

    [StoreFact]
    public async Task Settle_TogetherWithASilosAttempt_BothAreWritten()
    {
        await SubmitAsync(NewTasks(2));
        var own = await TakeOneAsync();
        var remote = await TakeRemoteAsync();

        var results = await Store.Leases.SettleAsync([Settlement(own, Completed()), Settlement(remote, Completed()) with { IsRemote = true }], None);

        Assert.Equal([SettlementResult.Accepted, SettlementResult.Accepted], results);
        Assert.True((await Store.RemoteLeases.FindAsync(remote.Lease.Token, None))?.IsSettled);
    }

    [StoreFact]
    public async Task Renew_TaskWasCancelled_SaysSo()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeRemoteAsync();
        await Store.Control.CancelAsync(id, None);

        Assert.IsType<RemoteRenewal.Cancelled>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
        Assert.Equal(SettlementResult.LeaseLost, await SettleRemoteAsync(claimed, Completed()));
        Assert.IsType<RemoteRenewal.Cancelled>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
    }

    [StoreFact]
    public async Task Renew_DeadlinePassed_CountsAsCancelled()
    {
        await SubmitOneAsync(NewTask() with { DeadlineAt = Clock.Now.AddSeconds(5) });
        var claimed = await TakeRemoteAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        await Store.Reminders.FailOverdueAsync(10, None);

        Assert.IsType<RemoteRenewal.Cancelled>(await Store.RemoteLeases.RenewAsync(claimed.Lease.Token, Lease, None));
    }

    [StoreFact]
    public async Task Purge_SettledOrEndedLongAgo_ForgetsTheLeaseAndKeepsOpenOnes()
    {
        var settled = await ClaimAsync(60_000);
        await SettleRemoteAsync(settled, Completed());
        var cancelled = await ClaimAsync(60_000);
        await Store.Control.CancelAsync(cancelled.Lease.TaskId, None);
        var forgotten = await ClaimAsync(1_000);
        await Clock.AdvanceAsync(Kept - Moment);
        await PurgeAsync();
        Assert.NotNull(await Store.RemoteLeases.FindAsync(settled.Lease.Token, None));

        await Clock.AdvanceAsync(TimeSpan.FromMinutes(1) + Moment);
        await PurgeAsync();

        Assert.Null(await Store.RemoteLeases.FindAsync(settled.Lease.Token, None));
        Assert.Null(await Store.RemoteLeases.FindAsync(cancelled.Lease.Token, None));
        Assert.Equal(forgotten.Lease, Assert.Single(await Store.RemoteLeases.FindExpiredAsync(10, None)).Lease.Lease);

        async Task<ClaimedTask> ClaimAsync(int timeoutMs)
        {
            await SubmitOneAsync(NewTask() with { TimeoutMs = timeoutMs });
            return await TakeRemoteAsync();
        }
    }

    private Task<TurnResult> TurnAsync(IReadOnlyCollection<string>? workspaces, int slots = 10) =>
        Store.Turns.TakeAsync(new TurnRequest(Gateway, slots, [new(Action, slots)], Lease) { IsRemote = true, Workspaces = workspaces }, None);

    private async Task<ClaimedTask> TakeRemoteAsync() => Assert.Single((await TurnAsync(null, 1)).Tasks);

    private async Task<SettlementResult> SettleRemoteAsync(ClaimedTask task, AttemptOutcome outcome, bool ofExpiredLease = false) =>
        Assert.Single(await Store.Leases.SettleAsync([Settlement(task, outcome, ofExpiredLease) with { IsRemote = true }], None));

    private async Task PurgeAsync()
    {
        var day = TimeSpan.FromDays(1);
        await Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day), 100, None);
    }
}
