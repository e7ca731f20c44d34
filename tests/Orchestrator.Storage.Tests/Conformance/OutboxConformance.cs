using Orchestrator.Core.Tasks;
using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>However an event comes about, its deliveries are written with it, and none where nobody asked.</summary>
public abstract class OutboxConformance(Func<Task<ITestStore>> create) : WebhookSuite(create)
{
    [StoreFact]
    public async Task Settle_EndsOfAttempts_AreTold()
    {
        var id = await CreateWebhookAsync();
        var (completed, failed) = (await SubmitEndedAsync(Completed()), await SubmitEndedAsync(Failed()));

        var deliveries = await DeliveriesAsync(id);
        Assert.Equal([completed, failed], deliveries.Select(delivery => delivery.TaskId!.Value));
        Assert.Equal([EventTypes.TaskCompleted, EventTypes.TaskFailed], deliveries.Select(delivery => delivery.Type));
        var claimed = await ClaimAsync(id);
        Assert.Equal([null, "{\"code\":\"invalid_input\",\"message\":\"broken\",\"retryable\":false}"], claimed.Select(delivery => delivery.Data));
        Assert.All(claimed, delivery => Assert.Equal($"{delivery.TaskId}.{delivery.Seq}", delivery.EventId));
        Assert.Equal((Default, 1, 1, Secret), (claimed[0].Workspace, claimed[0].Attempt, claimed[0].Tries, claimed[0].Secret));
        Assert.Equal((await HistoryAsync(completed)).Length, claimed[0].Seq);
    }

    [StoreFact]
    public async Task Settle_EndsBesideRetries_AreTold()
    {
        var id = await CreateWebhookAsync();
        await SubmitAsync(NewTasks(3));
        var claimed = await TakeAsync();

        await Store.Leases.SettleAsync([Settlement(claimed[0], Completed()), Settlement(claimed[1], Retried()), Settlement(claimed[2], Failed())], None);

        Assert.Equal([EventTypes.TaskCompleted, EventTypes.TaskFailed], await TypesAsync(id));
    }

    [StoreFact]
    public async Task Settle_Twice_IsToldOnce()
    {
        var id = await CreateWebhookAsync();
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();

        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, Completed()));
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(claimed, Completed()));

        Assert.Single(await DeliveriesAsync(id));
    }

    [StoreFact]
    public async Task Settle_AfterTheLease_IsNotTold()
    {
        var id = await CreateWebhookAsync();
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(claimed, Completed()));

        Assert.Empty(await DeliveriesAsync(id));
    }

    [StoreFact]
    public async Task Settle_ExpiredLeaseForGood_IsTold()
    {
        var id = await CreateWebhookAsync();
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Clock.AdvanceAsync(Lease);

        await SettleAsync(claimed, Failed(ErrorCodes.HeartbeatMissed), ofExpiredLease: true);

        Assert.Equal([EventTypes.TaskFailed], await TypesAsync(id));
    }

    [StoreFact]
    public async Task Cancel_WithChildrenAndDependants_TellsOfEach()
    {
        var id = await CreateWebhookAsync();
        var parent = await SubmitOneAsync();
        await SubmitAsync(NewTask() with { ParentId = parent }, NewTask() with { DependsOn = [parent] });

        await Store.Control.CancelAsync(parent, None);

        Assert.Equal([EventTypes.TaskCancelled, EventTypes.TaskCancelled, EventTypes.TaskCancelled], await TypesAsync(id));
    }

    [StoreFact]
    public async Task FailOverdue_PastItsDeadline_IsTold()
    {
        var id = await CreateWebhookAsync();
        await SubmitOneAsync(NewTask() with { DeadlineAt = Clock.Now.AddSeconds(1) });
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(2));

        await Store.Reminders.FailOverdueAsync(10, None);

        Assert.Equal([EventTypes.TaskFailed], await TypesAsync(id));
    }

    [StoreFact]
    public async Task BulkCancel_Tasks_TellsOfEach()
    {
        var id = await CreateWebhookAsync();
        await SubmitAsync(NewTasks(3));
        await Store.Bulk.CreateAsync(
            new BulkOperation { Id = TaskIds.Next(), Kind = BulkKind.Cancel, Filter = new BulkFilter(Default) { Action = Action } }, None);

        await Store.Bulk.StepAsync(10, (_, _) => NewTask(), None);

        Assert.Equal(3, (await DeliveriesAsync(id)).Count);
    }

    [StoreFact]
    public async Task PauseAndResume_Workspace_AreToldAsTheJournalHasThem()
    {
        var id = await CreateWebhookAsync(Default, EventTypes.WorkspacePaused, EventTypes.WorkspaceResumed);
        await Store.Workspaces.PauseAsync(Default, Clock.Now.AddSeconds(10), None);
        await Store.Workspaces.ResumeAsync(Default, None);
        await Store.Workspaces.ResumeAsync(Default, None);
        await Store.Workspaces.PauseAsync(Default, Clock.Now.AddSeconds(5), None);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        await Store.Reminders.ResumePausedAsync(None);

        var claimed = (await ClaimAsync(id)).OrderBy(delivery => delivery.Seq).ToList();

        string[] cycle = [EventTypes.WorkspacePaused, EventTypes.WorkspaceResumed];
        Assert.Equal([.. cycle, .. cycle], claimed.Select(delivery => delivery.Type));
        Assert.Equal([1, 2, 3, 4], claimed.Select(delivery => delivery.Seq!.Value));
        Assert.Contains("until", claimed[0].Data!, StringComparison.Ordinal);
        Assert.All(claimed, delivery => Assert.Equal((7, null, null), (Guid.Parse(delivery.EventId).Version, delivery.TaskId, delivery.Attempt)));
    }

    [StoreFact]
    public async Task Trip_OfAFuse_IsToldWithThePauseItBrings()
    {
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "guarded", Fuses = new() { LoopExecutions = 1 } }, None);
        var id = await CreateWebhookAsync("guarded", EventTypes.FuseTripped, EventTypes.FuseReset, EventTypes.WorkspacePaused);
        var parent = NewTask();
        await SubmitToAsync("guarded", parent);
        await SubmitToAsync("guarded", [.. NewTasks(3).Select(task => task with { ParentId = parent.Id })]);

        var turn = await TurnAsync(9, new ActionCapacity(Action, 9));
        Assert.Single((await Store.Fuses.CheckAsync(turn.Held, None)).Trips);
        await Store.Workspaces.ResumeAsync("guarded", None);

        var claimed = (await ClaimAsync(id)).OrderBy(delivery => delivery.Seq).ToList();
        Assert.Equal([EventTypes.FuseTripped, EventTypes.WorkspacePaused, EventTypes.FuseReset], claimed.Select(delivery => delivery.Type));
        Assert.Contains("anti", claimed[0].Data!, StringComparison.OrdinalIgnoreCase);
    }

    [StoreFact]
    public async Task Webhooks_OfOneEvent_AreToldOfTheSameId()
    {
        var (one, two) = (await CreateWebhookAsync(), await CreateWebhookAsync(null));

        await Store.Workspaces.PauseAsync(Default, null, None);

        Assert.Equal((await DeliveryAsync(one)).EventId, (await DeliveryAsync(two)).EventId);
    }

    [StoreFact]
    public async Task Webhooks_OfOtherTypesWorkspacesOrDisabled_AreToldNothing()
    {
        await CreateWorkspaceAsync("other");
        var disabled = await CreateWebhookAsync();
        await Store.Webhooks.UpdateAsync(disabled, webhook => webhook with { Enabled = false }, null, None);
        Guid[] silent = [await CreateWebhookAsync("other"), await CreateWebhookAsync(Default, EventTypes.FuseTripped, EventTypes.TaskFailed), disabled];
        var all = await CreateWebhookAsync(null);

        await SubmitEndedAsync(Completed());
        await SubmitCancelledAsync();

        foreach (var webhook in silent)
        {
            Assert.Empty(await DeliveriesAsync(webhook));
        }

        Assert.Equal([EventTypes.TaskCancelled, EventTypes.TaskCompleted], await TypesAsync(all));
    }

    [StoreFact]
    public async Task Purge_EndedDeliveries_LeavesTheRestComplete()
    {
        var id = await CreateWebhookAsync();
        await SubmitEndedAsync(Completed());
        await SettleAsync(await ClaimOneAsync(id), new Storage.Webhooks.DeliveryOutcome.Accepted(204));
        await Clock.AdvanceAsync(TimeSpan.FromHours(1));
        var later = await SubmitEndedAsync(Completed());
        var forever = TimeSpan.FromDays(1);

        await Store.Retention.PurgeAsync(new RetentionPeriods(forever, forever, forever, forever) { WebhookDeliveries = TimeSpan.FromMinutes(30) }, 100, None);

        Assert.Equal(later, (await DeliveryAsync(id)).TaskId);
    }
}
