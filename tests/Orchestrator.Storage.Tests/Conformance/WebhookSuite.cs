using Orchestrator.Core.Webhooks;
using Orchestrator.Storage.Webhooks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Short words for work with webhooks.</summary>
public abstract class WebhookSuite(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    protected const string Secret = "a secret of some length";

    protected static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    protected static WebhookRecord Webhook(string? workspace, params string[] types) =>
        new() { Id = TaskIds.Next(), Workspace = workspace, Url = "https://example.org/hook", Types = types };

    /// <summary>Creates a webhook, and moves on the clock, so that what follows is later than it.</summary>
    protected async Task<Guid> CreateWebhookAsync(string? workspace = Default, params string[] types)
    {
        var webhook = Webhook(workspace, types.Length == 0 ? [EventTypes.Any] : types);
        Assert.IsType<WebhookCreation.Created>(await Store.Webhooks.CreateAsync(webhook, Secret, None));
        await Clock.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        return webhook.Id;
    }

    protected Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(Guid webhook, DeliveryState? state = null) =>
        Store.Deliveries.ListAsync(webhook, state, null, 1_000, None);

    protected async Task<DeliveryRecord> DeliveryAsync(Guid webhook) => Assert.Single(await DeliveriesAsync(webhook));

    protected async Task<string[]> TypesAsync(Guid webhook) => [.. (await DeliveriesAsync(webhook)).Select(delivery => delivery.Type).Order()];

    protected Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(Guid webhook, int limit = 100) =>
        Store.Deliveries.ClaimAsync(webhook, limit, Lease, None);

    protected async Task<ClaimedDelivery> ClaimOneAsync(Guid webhook) => Assert.Single(await ClaimAsync(webhook));

    protected Task<DeliveryState> SettleAsync(ClaimedDelivery delivery, DeliveryOutcome outcome) =>
        Store.Deliveries.SettleAsync(delivery, outcome, GiveUpAfter, None);

    protected static DeliveryOutcome Refused(TimeSpan delay) => new DeliveryOutcome.Refused(500, "The receiver answered 500.", delay);
}
