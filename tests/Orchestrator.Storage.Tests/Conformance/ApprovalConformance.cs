using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Steering;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Tasks that wait for a person: without a slot, without using up attempts, and each request is answered once.</summary>
public abstract class ApprovalConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly ApprovalReply Approval = new(ApprovalVerdict.Approve, Json("""{"to":"all"}"""), "Go on.");

    [StoreFact]
    public async Task Settle_Asking_WaitsWithoutASlotAndWithoutAnAttempt()
    {
        await CreateWorkspaceAsync("one", maxParallel: 1);
        await SubmitToAsync("one", NewTask(), NewTask());
        var claim = await TakeOneAsync();

        Assert.Equal(SettlementResult.Parked, await SettleAsync(claim, Asking(Minute, checkpoint: """{"step":1}""")));
        Assert.Equal(KeyValuePair.Create("one", 1L), Assert.Single((await Store.Activity.ReadWorkloadAsync(10, None)).TasksAsking));

        var task = await FindAsync(claim.Lease.TaskId);
        Assert.Equal((TaskState.Waiting, WaitingFor.Approval, 0), (task.State, task.WaitingFor, task.Attempt));
        Assert.NotEqual(task.Id, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(["submitted", "queued", "processing", "waiting"], await HistoryAsync(task.Id));
        var told = (await Store.Tasks.ReadHistoryAsync(task.Id, 0, 10, None))!.Events[^1].Data!;
        Assert.Contains("\"waitingFor\":\"approval\"", told, StringComparison.Ordinal);
        Assert.Contains("\"question\":\"Send it?\"", told, StringComparison.Ordinal);
        Assert.Contains($"\"expiresAt\":\"{(Clock.Now + Minute).UtcDateTime:yyyy-MM-dd'T'HH:mm}", told, StringComparison.Ordinal);
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claim, Asking(Minute)));
        var request = await FindRequestAsync(task.Id);
        Assert.Equal((1, "Send it?", Clock.Now + Minute, true), (request!.Number, request.Question, request.ExpiresAt, request.Reply is null));
        Assert.Equal("""{"draft":1}""", Text(request.Details));
    }

    [StoreFact]
    public async Task Settle_Asking_FreesItsPermitsAndChargesWhatItCost()
    {
        await Store.Workspaces.CreateAsync(new() { Id = "paying", BudgetLimit = 10 }, None);
        await Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(1), None);
        await SubmitToAsync("paying", NewTask() with { Resources = new Dictionary<string, int> { ["permits"] = 1 } });
        var claim = Assert.Single((await TurnAsync(1, new ActionCapacity(Action, 1) { MaxCost = 4 })).Tasks);
        Assert.Equal(0, (await Store.Resources.FindAsync("permits", None))!.Available);

        await SettleAsync(claim, Asking(null) with { Usage = new TaskUsage(Cost: 1) });
        await Store.Fuses.CheckAsync(await Store.Fuses.FindUnsettledAsync(100, None), None);

        Assert.Equal(new BudgetRecord(10, 1, 0), (await Store.Workspaces.FindAsync("paying", None))!.Budget);
        Assert.Equal(1, (await Store.Resources.FindAsync("permits", None))!.Available);
    }

    [StoreFact]
    public async Task Decide_OpenRequest_GivesTheTaskANewAttemptThatFindsTheAnswer()
    {
        var claim = await AskAsync(checkpoint: """{"step":1}""");

        Assert.IsType<DecisionResult.Resumed>(await DecideAsync(claim, Approval));

        var again = await TakeOneAsync();
        Assert.Equal((claim.Lease.TaskId, 1, 1), (again.Lease.TaskId, again.Attempt, again.Continuation));
        Assert.Equal("""{"step":1}""", Text(again.Checkpoint));
        var reply = (await FindRequestAsync(claim.Lease.TaskId))!.Reply!;
        Assert.Equal((ApprovalVerdict.Approve, """{"to":"all"}""", "Go on."), (reply.Verdict, Text(reply.Edits), reply.Comment));
        await SettleAsync(again, Completed());
        Assert.Equal(["submitted", "queued", "processing", "waiting", "queued", "processing", "completed"], await HistoryAsync(claim.Lease.TaskId));
        Assert.Equal(new DecisionResult.TaskEnded(TaskState.Completed), await DecideAsync(claim, Approval));
    }

    [StoreFact]
    public async Task Decide_Abort_FailsTheTaskAsRejected()
    {
        var claim = await AskAsync();
        var dependant = await SubmitOneAsync(NewTask() with { DependsOn = [claim.Lease.TaskId] });

        Assert.IsType<DecisionResult.Aborted>(await DecideAsync(claim, new ApprovalReply(ApprovalVerdict.Abort, Comment: "Too risky.")));
        await ResolveAsync();

        var task = await FindAsync(claim.Lease.TaskId);
        Assert.Equal((TaskState.Failed, ErrorCodes.Rejected), (task.State, task.Error?.Code));
        Assert.Contains("Too risky.", task.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(TaskState.Cancelled, await StateAsync(dependant));
    }

    [StoreFact]
    public async Task Decide_WithoutAnOpenRequest_IsRefused()
    {
        Assert.IsType<DecisionResult.NotFound>(await Store.Steering.DecideAsync(TaskIds.Next(), Approval, None));
        var queued = await SubmitOneAsync();
        Assert.Equal(new DecisionResult.NotAsked(TaskState.Queued), await Store.Steering.DecideAsync(queued, Approval, None));
        var claim = await TakeOneAsync();
        Assert.Equal(new DecisionResult.NotAsked(TaskState.Processing), await DecideAsync(claim, Approval));
        await SettleAsync(claim, Asking(null));
        Assert.IsType<DecisionResult.Resumed>(await DecideAsync(claim, Approval));
        Assert.Equal(new DecisionResult.NotAsked(TaskState.Queued), await DecideAsync(claim, new ApprovalReply(ApprovalVerdict.Reject)));
        Assert.Equal(ApprovalVerdict.Approve, (await FindRequestAsync(queued))!.Reply!.Verdict);
    }

    [StoreFact]
    public async Task Ask_Again_FindsEachAnswerByItsKeyAndTheLastWithoutOne()
    {
        var first = await AskAsync(key: "first");
        await DecideAsync(first, Approval);
        var second = await TakeOneAsync();
        await SettleAsync(second, Asking(null, key: "second"));
        var id = first.Lease.TaskId;

        Assert.Null((await FindRequestAsync(id))!.Reply);
        Assert.Null((await FindRequestAsync(id, "second"))!.Reply);
        Assert.Equal(ApprovalVerdict.Approve, (await FindRequestAsync(id, "first"))!.Reply!.Verdict);
        Assert.Null(await FindRequestAsync(id, "third"));
        Assert.Equal(new DecisionResult.NotAsked(TaskState.Waiting, 2), await DecideAsync(first, Approval with { Number = 1 }));
        await DecideAsync(first, new ApprovalReply(ApprovalVerdict.Reject));
        Assert.Equal((2, ApprovalVerdict.Reject), ((await FindRequestAsync(id))!.Number, (await FindRequestAsync(id))!.Reply!.Verdict));
    }

    [StoreFact]
    public async Task ExpireDue_AtItsTime_AnswersOnceAndMakesTheTaskReady()
    {
        var claim = await AskAsync(Minute);
        var patient = await AskAsync();
        Assert.Equal(Minute, await Store.Reminders.FindNextDueAsync(None));
        await Clock.AdvanceAsync(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await Store.Steering.ExpireDueAsync(10, None));
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal([claim.Lease.TaskId], await Store.Steering.ExpireDueAsync(10, None));
        Assert.Empty(await Store.Steering.ExpireDueAsync(10, None));

        Assert.Equal(ApprovalVerdict.Expired, (await FindRequestAsync(claim.Lease.TaskId))!.Reply!.Verdict);
        Assert.Equal(claim.Lease.TaskId, (await TakeOneAsync()).Lease.TaskId);
        Assert.Equal(TaskState.Waiting, await StateAsync(patient.Lease.TaskId));
        Assert.IsType<DecisionResult.NotAsked>(await DecideAsync(claim, Approval));
    }

    [StoreFact]
    public async Task ExpireDue_MoreThanTheLimit_GoesOnWithTheRest()
    {
        var asked = new List<ClaimedTask>();
        for (var i = 0; i < 5; i++)
        {
            asked.Add(await AskAsync(Minute));
        }

        await Clock.AdvanceAsync(Minute);

        foreach (var expected in (int[])[2, 2, 1, 0])
        {
            Assert.Equal(expected, (await Store.Steering.ExpireDueAsync(2, None)).Count);
        }

        Assert.Equal(5, (await TakeEverythingAsync()).Count);
    }

    [StoreFact]
    public async Task ExpireDue_OfATaskThatWasCancelled_WithdrawsTheRequest()
    {
        var claim = await AskAsync(Minute);
        Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(claim.Lease.TaskId, None));
        Assert.Equal(new DecisionResult.TaskEnded(TaskState.Cancelled), await DecideAsync(claim, Approval));
        await Clock.AdvanceAsync(Minute);

        await Store.Steering.ExpireDueAsync(10, None);

        Assert.Equal(ApprovalVerdict.Withdrawn, (await FindRequestAsync(claim.Lease.TaskId))!.Reply!.Verdict);
        Assert.Empty(await Store.Steering.ExpireDueAsync(10, None));
        Assert.Null(await Store.Reminders.FindNextDueAsync(None));
    }

    [StoreFact]
    public async Task FailOverdue_OfATaskThatWaitsForApproval_EndsIt()
    {
        await SubmitOneAsync(NewTask() with { DeadlineAt = Clock.Now + Minute });
        var claim = await TakeOneAsync();
        await SettleAsync(claim, Asking(null));
        await Clock.AdvanceAsync(Minute);

        Assert.Equal([claim.Lease.TaskId], await Store.Reminders.FailOverdueAsync(10, None));

        Assert.Equal(ErrorCodes.DeadlineExceeded, (await FindAsync(claim.Lease.TaskId)).Error?.Code);
    }

    [StoreFact]
    public async Task Decide_WhileOthersDecideExpireAndCancel_IsWrittenOnce()
    {
        const int Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            var claim = await AskAsync(Minute);
            await Clock.AdvanceAsync(Minute);
            var decisions = new[] { ApprovalVerdict.Approve, ApprovalVerdict.Reject, ApprovalVerdict.Abort }
                .Select(verdict => Task.Run(() => DecideAsync(claim, new ApprovalReply(verdict)))).ToArray();
            var expiry = Task.Run(() => Store.Steering.ExpireDueAsync(10, None));
            var cancel = round % 2 == 0 ? Task.Run(() => Store.Control.CancelAsync(claim.Lease.TaskId, None)) : Task.FromResult<CancelResult>(new CancelResult.NotFound());

            var written = (await Task.WhenAll(decisions)).Count(result => result is DecisionResult.Resumed or DecisionResult.Aborted);
            await Task.WhenAll(expiry, cancel);

            var answers = written + (await expiry).Count(id => id == claim.Lease.TaskId);
            Assert.InRange(answers, round % 2 == 0 ? 0 : 1, 1);
            Assert.Equal([], await Store.Invariants.CheckAsync(None));
            if (await StateAsync(claim.Lease.TaskId) == TaskState.Queued)
            {
                await SettleAsync(await TakeOneAsync(), Completed());
            }
        }
    }

    [StoreFact]
    public async Task Move_OfATaskThatHasAsked_LeavesItWhereItStarted()
    {
        await CreateWorkspaceAsync("other");
        var claim = await AskAsync();
        await DecideAsync(claim, Approval);
        await Store.Bulk.CreateAsync(new() { Id = TaskIds.Next(), Kind = BulkKind.Move, Filter = new BulkFilter(Default), Target = "other" }, None);
        while (await Store.Bulk.StepAsync(10, static (_, _) => throw new NotSupportedException(), None) is not null)
        {
        }

        Assert.Equal(Default, (await FindAsync(claim.Lease.TaskId)).Workspace);
    }

    [StoreFact]
    public async Task Purge_OfTheTask_RemovesItsRequests()
    {
        var day = TimeSpan.FromDays(1);
        var claim = await AskAsync(Minute);
        await Store.Control.CancelAsync(claim.Lease.TaskId, None);
        await ResolveAsync();
        await Clock.AdvanceAsync(day);

        await Store.Retention.PurgeAsync(new RetentionPeriods(day, day, day, day), 100, None);

        Assert.Null(await FindRequestAsync(claim.Lease.TaskId));
    }

    private static AttemptOutcome.AwaitingApproval Asking(TimeSpan? timeLimit, string? key = null, string? checkpoint = null) => new(
        new NewApproval(key, "Send it?", Json("""{"draft":1}"""), timeLimit), checkpoint is null ? default(ReadOnlyMemory<byte>?) : Json(checkpoint));

    /// <summary>The last attempt of a task that waits for an answer.</summary>
    private async Task<ClaimedTask> AskAsync(TimeSpan? timeLimit = null, string? key = null, string? checkpoint = null)
    {
        await SubmitOneAsync();
        var claim = await TakeOneAsync();
        Assert.Equal(SettlementResult.Parked, await SettleAsync(claim, Asking(timeLimit, key, checkpoint)));
        return claim;
    }

    private Task<DecisionResult> DecideAsync(ClaimedTask claim, ApprovalReply reply) => Store.Steering.DecideAsync(claim.Lease.TaskId, reply, None);

    private Task<ApprovalRecord?> FindRequestAsync(Guid id, string? key = null) => Store.Steering.FindLastApprovalAsync(id, key, None);
}
