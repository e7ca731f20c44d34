using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Webhooks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class DeliveryConformance(Func<Task<ITestStore>> create) : WebhookSuite(create)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [StoreFact]
    public async Task Claim_DueDelivery_IsThereOnceUntilItsLeaseEnds()
    {
        var id = await ToldAsync();
        var first = await ClaimOneAsync(id);

        Assert.Empty(await ClaimAsync(id));
        await Clock.AdvanceAsync(Lease);
        var second = await ClaimOneAsync(id);

        Assert.Equal((first.EventId, 1, 2), (second.EventId, first.Tries, second.Tries));
        var shown = await DeliveryAsync(id);
        Assert.Equal((DeliveryState.Pending, 2, Clock.Now, Clock.Now + Lease), (shown.State, shown.Attempts, shown.LastAttemptAt, shown.NextAttemptAt));
    }

    [StoreFact]
    public async Task Claim_EventOfATaskInATrace_NamesIt()
    {
        const string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-01";
        var id = await CreateWebhookAsync(Default, EventTypes.TaskCompleted);
        await SubmitEndedAsync(Completed(), NewTask() with { TraceParent = trace });
        await SubmitEndedAsync(Completed());

        var claimed = await ClaimAsync(id);

        Assert.Equal([trace, null], claimed.OrderBy(delivery => delivery.TraceParent is null).Select(delivery => delivery.TraceParent));
    }

    [StoreFact]
    public async Task Claim_WithLimit_TakesTheLongestDue()
    {
        var id = await CreateWebhookAsync();
        var first = await SubmitEndedAsync(Completed());
        await Clock.AdvanceAsync(Minute);
        var second = await SubmitEndedAsync(Completed());

        Assert.Equal(first, Assert.Single(await ClaimAsync(id, 1)).TaskId);
        Assert.Equal(second, Assert.Single(await ClaimAsync(id, 1)).TaskId);
    }

    [StoreFact]
    public async Task Settle_Accepted_IsDelivered()
    {
        var id = await ToldAsync();

        Assert.Equal(DeliveryState.Delivered, await SettleAsync(await ClaimOneAsync(id), new DeliveryOutcome.Accepted(202)));

        var shown = await DeliveryAsync(id);
        Assert.Equal((DeliveryState.Delivered, 202, null, Clock.Now, null), (shown.State, shown.LastStatus, shown.LastError, shown.FinishedAt, shown.NextAttemptAt));
        Assert.Equal([new DueWebhook(id, null)], await Store.Deliveries.FindDueAsync(None));
    }

    [StoreFact]
    public async Task Settle_Refused_IsDueAfterTheDelay()
    {
        var id = await ToldAsync();

        Assert.Equal(DeliveryState.Pending, await SettleAsync(await ClaimOneAsync(id), Refused(Minute)));

        var shown = await DeliveryAsync(id);
        Assert.Equal((500, "The receiver answered 500.", Clock.Now + Minute), (shown.LastStatus, shown.LastError, shown.NextAttemptAt));
        Assert.Equal([new DueWebhook(id, Minute)], await Store.Deliveries.FindDueAsync(None));
        Assert.Empty(await ClaimAsync(id));
        await Clock.AdvanceAsync(Minute);
        Assert.Equal(2, (await ClaimOneAsync(id)).Tries);
    }

    [StoreFact]
    public async Task Settle_RefusedUntilItsTimeIsOver_FailsAfterALastTry()
    {
        var id = await ToldAsync();
        await Clock.AdvanceAsync(GiveUpAfter - Minute);
        await SettleAsync(await ClaimOneAsync(id), Refused(TimeSpan.FromHours(1)));

        await Clock.AdvanceAsync(Minute);
        Assert.Equal(DeliveryState.Failed, await SettleAsync(await ClaimOneAsync(id), Refused(Minute)));

        var shown = await DeliveryAsync(id);
        Assert.Equal((DeliveryState.Failed, 2, Clock.Now), (shown.State, shown.Attempts, shown.FinishedAt));
        Assert.Empty(await ClaimAsync(id));
    }

    [StoreFact]
    public async Task Settle_FailureOfAnOldTry_ChangesNothingAndSuccessDelivers()
    {
        var id = await ToldAsync();
        var old = await ClaimOneAsync(id);
        await Clock.AdvanceAsync(Lease);
        await ClaimOneAsync(id);

        await SettleAsync(old, Refused(TimeSpan.Zero));
        Assert.Equal((null, Clock.Now + Lease), ((await DeliveryAsync(id)).LastError, (await DeliveryAsync(id)).NextAttemptAt));
        await SettleAsync(old, new DeliveryOutcome.Accepted(200));
        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync(id)).State);
    }

    [StoreFact]
    public async Task Settle_FailureAfterDelivery_ChangesNothing()
    {
        var id = await ToldAsync();
        var old = await ClaimOneAsync(id);
        await Clock.AdvanceAsync(Lease);
        await SettleAsync(await ClaimOneAsync(id), new DeliveryOutcome.Accepted(200));

        await SettleAsync(old, Refused(TimeSpan.Zero));

        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync(id)).State);
    }

    [StoreFact]
    public async Task Settle_Gone_DisablesTheWebhook()
    {
        var id = await ToldAsync();
        var claimed = await ClaimOneAsync(id);
        var waiting = await SubmitEndedAsync(Completed());

        Assert.Equal(DeliveryState.Failed, await SettleAsync(claimed, new DeliveryOutcome.Gone(410, "It is gone.")));

        var webhook = await Store.Webhooks.FindAsync(id, None);
        Assert.Equal((false, "It is gone."), (webhook!.Enabled, webhook.DisabledReason));
        await SubmitEndedAsync(Completed());
        Assert.Empty(await ClaimAsync(id));
        Assert.Empty(await Store.Deliveries.FindDueAsync(None));
        Assert.Equal(waiting, Assert.Single(await DeliveriesAsync(id, DeliveryState.Pending)).TaskId);
    }

    [StoreFact]
    public async Task Enable_Again_SendsWhatWaitedAndForgetsTheReason()
    {
        var id = await ToldAsync();
        await Store.Webhooks.UpdateAsync(id, webhook => webhook with { Enabled = false }, null, None);
        Assert.Empty(await ClaimAsync(id));

        await Store.Webhooks.UpdateAsync(id, webhook => webhook with { Enabled = true }, null, None);

        await ClaimOneAsync(id);
        Assert.Null((await Store.Webhooks.FindAsync(id, None))!.DisabledReason);
    }

    [StoreFact]
    public async Task GiveUpAbandoned_WaitingForADisabledWebhook_FailsOnlyThat()
    {
        var (id, other) = (await ToldAsync(), await CreateWebhookAsync());
        await SubmitEndedAsync(Completed());
        await Store.Webhooks.UpdateAsync(id, webhook => webhook with { Enabled = false }, null, None);

        Assert.Equal(0, await Store.Deliveries.GiveUpAbandonedAsync(GiveUpAfter, 10, None));
        await Clock.AdvanceAsync(GiveUpAfter);
        Assert.Equal(1, await Store.Deliveries.GiveUpAbandonedAsync(GiveUpAfter, 1, None));
        Assert.Equal(1, await Store.Deliveries.GiveUpAbandonedAsync(GiveUpAfter, 10, None));

        Assert.All(await DeliveriesAsync(id), delivery => Assert.Equal((DeliveryState.Failed, "The webhook is disabled."), (delivery.State, delivery.LastError)));
        Assert.Equal(DeliveryState.Pending, (await DeliveryAsync(other)).State);
    }

    [StoreFact]
    public async Task Retry_OfEndedDelivery_IsDueNowWithANewPeriod()
    {
        var id = await ToldAsync();
        await Clock.AdvanceAsync(GiveUpAfter);
        var claimed = await ClaimOneAsync(id);
        await SettleAsync(claimed, Refused(Minute));

        var again = await Store.Deliveries.RetryAsync(id, claimed.EventId, None);

        Assert.Equal((DeliveryState.Pending, Clock.Now, null), (again!.State, again.NextAttemptAt, again.FinishedAt));
        Assert.Equal(DeliveryState.Pending, await SettleAsync(await ClaimOneAsync(id), Refused(Minute)));
        Assert.Null(await Store.Deliveries.RetryAsync(id, "nothing", None));
        Assert.Null(await Store.Deliveries.RetryAsync(TaskIds.Next(), claimed.EventId, None));
    }

    [StoreFact]
    public async Task List_Deliveries_PagesByEventId()
    {
        var id = await CreateWebhookAsync();
        Guid[] tasks = [await SubmitEndedAsync(Completed()), await SubmitEndedAsync(Completed()), await SubmitEndedAsync(Completed())];
        await SettleAsync((await ClaimAsync(id, 1))[0], new DeliveryOutcome.Accepted(200));

        var first = await Store.Deliveries.ListAsync(id, null, null, 2, None);
        var second = await Store.Deliveries.ListAsync(id, null, first[^1].EventId, 2, None);

        Assert.Equal(tasks, first.Concat(second).Select(delivery => delivery.TaskId!.Value));
        Assert.Single(await DeliveriesAsync(id, DeliveryState.Delivered));
    }

    /// <summary>A webhook with one event to tell.</summary>
    private async Task<Guid> ToldAsync()
    {
        var id = await CreateWebhookAsync();
        await SubmitEndedAsync(Completed());
        return id;
    }
}
