using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class LeaseConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [StoreFact]
    public async Task Renew_HeldLease_KeepsItBeyondItsFirstExpiry()
    {
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease - Moment);

        Assert.Empty(Store.Leases.Renew([claimed.Lease], Lease));
        await Clock.AdvanceAsync(Lease - Moment);

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, Completed()));
    }

    [StoreFact]
    public async Task Renew_LeasesThatAreNotHeld_AnswersExactlyThose()
    {
        await SubmitAsync(NewTasks(4));
        var claimed = await TakeAsync();
        await SettleAsync(claimed[1], Completed());
        await Store.Control.CancelAsync(claimed[2].Lease.TaskId, None);
        var wrongToken = claimed[3].Lease with { Token = Guid.NewGuid() };
        var unknown = new LeaseId(Guid.NewGuid(), Guid.NewGuid());

        var lost = Store.Leases.Renew([claimed[0].Lease, claimed[1].Lease, claimed[2].Lease, wrongToken, unknown], Lease);

        Assert.Equal(
            new[] { claimed[1].Lease, claimed[2].Lease, wrongToken, unknown }.ToHashSet(),
            lost.ToHashSet());
    }

    [StoreFact]
    public async Task Renew_ExpiredLease_IsLostAndStaysExpired()
    {
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        Assert.Equal([claimed.Lease], Store.Leases.Renew([claimed.Lease], Lease));

        Assert.Equal(claimed.Lease, Assert.Single(await Store.Leases.FindExpiredAsync(10, None)).Lease);
    }

    [StoreFact]
    public void Renew_Nothing_AnswersNothing() => Assert.Empty(Store.Leases.Renew([], Lease));

    [StoreFact]
    public async Task Settle_Completed_KeepsTheResultByteForByteAndTheUsage()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));
        var usage = new TaskUsage(10, 20, 3, 4, 0.000_123m);

        var outcome = new AttemptOutcome.Completed(Json("""{ "b" : "é",  "a":1.0 }""")) { Usage = usage };
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, outcome));

        var record = await FindAsync(id);
        Assert.Equal(TaskState.Completed, record.State);
        Assert.Equal("""{ "b" : "é",  "a":1.0 }""", Text(record.Result));
        Assert.Equal(usage, record.Usage);
        Assert.Equal(Clock.Now, record.FinishedAt);
        Assert.Equal(Clock.Now - TimeSpan.FromSeconds(2), record.StartedAt);
        Assert.Null(record.Error);
        Assert.Equal(["submitted", "queued", "processing", "completed"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Settle_Failed_KeepsTheError()
    {
        var id = await SubmitEndedAsync(Failed(ErrorCodes.InvalidOutput));

        var record = await FindAsync(id);
        Assert.Equal(TaskState.Failed, record.State);
        Assert.Equal(TaskError.Of(ErrorCodes.InvalidOutput, "broken"), record.Error);
        Assert.Null(record.Result);
        Assert.Equal(Clock.Now, record.FinishedAt);
        Assert.Equal(["submitted", "queued", "processing", "failed"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Settle_RetriedAtOnce_IsReadyAgainWithTheNextAttempt()
    {
        var id = await SubmitOneAsync();

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(await TakeOneAsync(), Retried()));

        Assert.Equal(ErrorCodes.ProviderError, (await FindAsync(id)).Error?.Code);
        var second = await TakeOneAsync();
        Assert.Equal(2, second.Attempt);
        Assert.Equal(["submitted", "queued", "processing", "retry", "queued", "processing"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Settle_RetriedLater_IsScheduledUntilThen()
    {
        var id = await SubmitOneAsync();
        var first = await TakeOneAsync();

        await SettleAsync(first, Retried(TimeSpan.FromSeconds(30)));

        var record = await FindAsync(id);
        Assert.Equal(TaskState.Scheduled, record.State);
        Assert.Equal(Clock.Now.AddSeconds(30), record.DueAt);
        Assert.Equal(["submitted", "queued", "processing", "retry", "scheduled"], await HistoryAsync(id));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
        await Store.Reminders.FireDueAsync(10, None);
        var second = await TakeOneAsync();
        Assert.Equal(2, second.Attempt);
        Assert.NotEqual(first.Lease.Token, second.Lease.Token);
    }

    [StoreFact]
    public async Task Settle_HandedBack_RefundsTheAttempt()
    {
        var id = await SubmitOneAsync();

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(await TakeOneAsync(), new AttemptOutcome.HandedBack()));

        Assert.Equal(0, (await FindAsync(id)).Attempt);
        Assert.Equal(1, (await TakeOneAsync()).Attempt);
        Assert.Equal(["submitted", "queued", "processing", "queued", "processing"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Settle_SameSettlementAgain_IsAcceptedAndChangesNothing()
    {
        foreach (var outcome in new[] { Completed(), Failed(), Retried(), Retried(TimeSpan.FromHours(1)), new AttemptOutcome.HandedBack() })
        {
            var id = await SubmitOneAsync();
            var claimed = await TakeOneAsync();
            await SettleAsync(claimed, outcome);
            var history = await HistoryAsync(id);

            Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, outcome));

            Assert.Equal(history, await HistoryAsync(id));
            await Store.Control.CancelAsync(id, None);
        }
    }

    [StoreFact]
    public async Task Settle_WrongToken_IsRefused()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed with { Lease = claimed.Lease with { Token = Guid.NewGuid() } }, Completed()));

        Assert.Equal(TaskState.Processing, await StateAsync(id));
    }

    [StoreFact]
    public async Task Settle_UnknownTask_IsRefused()
    {
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed with { Lease = claimed.Lease with { TaskId = Guid.NewGuid() } }, Completed()));
    }

    [StoreFact]
    public async Task Settle_HolderAfterTheExpiry_IsRefused()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Completed()));

        Assert.Equal(TaskState.Processing, await StateAsync(id));
    }

    [StoreFact]
    public async Task Settle_ReaperBeforeTheExpiry_IsRefused()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease - Moment);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Retried(), ofExpiredLease: true));

        Assert.Equal(TaskState.Processing, await StateAsync(id));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, Completed()));
    }

    [StoreFact]
    public async Task Settle_ReaperOfALeaseThatWasRenewed_IsRefused()
    {
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease - Moment);
        Store.Leases.Renew([claimed.Lease], Lease);
        await Clock.AdvanceAsync(Moment + Moment);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Retried(), ofExpiredLease: true));
    }

    [StoreFact]
    public async Task Settle_ZombieAfterTheReaper_IsRefusedWhateverItBrings()
    {
        var id = await SubmitOneAsync();
        var zombie = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(zombie, new AttemptOutcome.Retried(TaskError.Of(ErrorCodes.HeartbeatMissed, "gone"), TimeSpan.Zero), ofExpiredLease: true));
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(zombie, Completed()));
        var second = await TakeOneAsync();

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(zombie, Completed()));
        Assert.Equal([zombie.Lease], Store.Leases.Renew([zombie.Lease], Lease));
        Assert.Equal(SettlementResult.LeaseLost, Assert.Single(await Store.Leases.AppendAsync([new AttemptEvent.Chunk(zombie.Lease, "late")], None)));
        Assert.Equal(TaskState.Processing, await StateAsync(id));

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(second, Completed("\"of the second\"")));
        Assert.Equal("\"of the second\"", Text((await FindAsync(id)).Result));
        Assert.Equal(["submitted", "queued", "processing", "retry", "queued", "processing", "completed"], await HistoryAsync(id));
    }

    [StoreFact]
    public async Task Settle_ZombieAfterTheReaperGaveUp_IsRefused()
    {
        var id = await SubmitOneAsync(NewTask() with { MaxAttempts = 1 });
        var zombie = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);
        await SettleAsync(zombie, Failed(ErrorCodes.HeartbeatMissed), ofExpiredLease: true);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(zombie, Completed()));

        Assert.Equal(TaskState.Failed, await StateAsync(id));
    }

    [StoreFact]
    public async Task Settle_AfterACancellation_IsRefused()
    {
        var id = await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Store.Control.CancelAsync(id, None);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Completed()));

        Assert.Equal(TaskState.Cancelled, await StateAsync(id));
    }

    [StoreFact]
    public async Task Settle_ManyAtOnce_AnswersInTheirOrder()
    {
        await CreateWorkspaceAsync("other", maxParallel: 50);
        await SubmitAsync(NewTasks(20));
        await SubmitToAsync("other", NewTasks(20));
        var claimed = (await TakeEverythingAsync()).ToArray();
        Random.Shared.Shuffle(claimed);

        var settlements = claimed.Select((task, index) => index % 4 == 0
            ? Settlement(task with { Lease = task.Lease with { Token = Guid.NewGuid() } }, Completed())
            : Settlement(task, index % 2 == 0 ? Failed() : Completed())).ToList();
        var results = await Store.Leases.SettleAsync(settlements, None);

        Assert.Equal(40, results.Count);
        Assert.All(results.Select((result, index) => (result, index)), pair =>
            Assert.Equal(pair.index % 4 == 0 ? SettlementResult.LeaseLost : SettlementResult.Accepted, pair.result));
        Assert.Equal(20, (await Store.Tasks.CountAsync(null, None))[TaskState.Completed]);
        Assert.Equal(10, (await Store.Tasks.CountAsync(null, None))[TaskState.Failed]);
    }

    [StoreFact]
    public async Task FindExpired_SeveralLeases_AnswersThoseBeyondTheirExpiryOldestFirst()
    {
        await SubmitOneAsync(NewTask() with { MaxAttempts = 5 });
        var oldest = await TakeOneAsync();
        await Clock.AdvanceAsync(Moment);
        await SubmitOneAsync();
        var older = await TakeOneAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await SubmitOneAsync();
        await TakeOneAsync();

        Assert.Empty(await Store.Leases.FindExpiredAsync(10, None));
        await Clock.AdvanceAsync(Lease - TimeSpan.FromSeconds(1));
        var expired = await Store.Leases.FindExpiredAsync(10, None);

        Assert.Equal([oldest.Lease, older.Lease], expired.Select(lease => lease.Lease));
        Assert.Equal(new ExpiredLease(oldest.Lease, oldest.WorkspaceKey, Action, 1, 5), expired[0]);
        Assert.Equal(oldest.Lease, Assert.Single(await Store.Leases.FindExpiredAsync(1, None)).Lease);
    }
}
