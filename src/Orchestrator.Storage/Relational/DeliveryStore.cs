using Orchestrator.Storage.Webhooks;

namespace Orchestrator.Storage.Relational;

internal sealed class DeliveryStore(IDatabase database) : IDeliveryStore
{
    public async Task<IReadOnlyList<DeliveryRecord>> ListAsync(
        Guid webhook, DeliveryState? state, string? after, int limit, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync(
                "list_deliveries",
                WebhookColumns.ReadDelivery,
                Parameter.Id("@id", webhook),
                Parameter.Text("@status", state?.ToName()),
                Parameter.Text("@after", after ?? string.Empty),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);

    public Task<DeliveryRecord?> RetryAsync(Guid webhook, string eventId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                Parameter[] which = [Parameter.Id("@id", webhook), Parameter.Text("@event_id", eventId)];
                await session.ExecuteAsync("retry_delivery", [.. which, Parameter.Text("@status", DeliveryState.Pending.ToName())]).ConfigureAwait(false);
                return await session.FindAsync("find_delivery", WebhookColumns.ReadDelivery, which).ConfigureAwait(false);
            },
            cancellationToken);

    public async Task<IReadOnlyList<DueWebhook>> FindDueAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => session.QueryAsync("find_due_webhooks", static row => new DueWebhook(row.Id("id"), row.SpanOrNull("due"))),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(Guid webhook, int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async session =>
            {
                var claimed = await session.QueryAsync(
                    "lock_due_deliveries",
                    row => WebhookColumns.ReadClaimed(row, webhook),
                    Parameter.Id("@id", webhook),
                    Parameter.Integer("@limit", limit)).ConfigureAwait(false);
                if (claimed.Count > 0)
                {
                    var now = await session.NowAsync().ConfigureAwait(false);
                    await session.ExecuteAsync(
                        "claim_deliveries",
                        Parameter.BigInteger("@key", claimed[0].WebhookKey),
                        Parameter.TextList("@event_ids", [.. claimed.Select(delivery => delivery.EventId)]),
                        Parameter.Time("@now", now),
                        Parameter.Time("@until", now + lease)).ConfigureAwait(false);
                }

                return claimed;
            },
            cancellationToken).ConfigureAwait(false);

    public Task<DeliveryState> SettleAsync(
        ClaimedDelivery delivery, DeliveryOutcome outcome, TimeSpan giveUpAfter, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                var now = await session.NowAsync().ConfigureAwait(false);
                var (state, next) = Decide(delivery, outcome, now, delivery.Since + giveUpAfter);
                await session.ExecuteAsync(
                    "settle_delivery",
                    Parameter.BigInteger("@key", delivery.WebhookKey),
                    Parameter.Text("@event_id", delivery.EventId),
                    Parameter.Integer("@attempts", delivery.Tries),
                    Parameter.Text("@pending", DeliveryState.Pending.ToName()),
                    Parameter.Text("@status", state.ToName()),
                    Parameter.Time("@next_attempt_at", next),
                    Parameter.Time("@finished_at", next is null ? now : null),
                    Parameter.Integer("@last_status", outcome.Status),
                    Parameter.Text("@last_error", ErrorOf(outcome))).ConfigureAwait(false);
                if (outcome is DeliveryOutcome.Gone gone)
                {
                    await session.ExecuteAsync(
                        "disable_webhook",
                        Parameter.BigInteger("@key", delivery.WebhookKey),
                        Parameter.Flag("@enabled", false),
                        Parameter.Text("@disabled_reason", gone.Error)).ConfigureAwait(false);
                }

                return state;
            },
            cancellationToken);

    public Task<int> GiveUpAbandonedAsync(TimeSpan giveUpAfter, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                "fail_abandoned_deliveries",
                Parameter.Text("@status", DeliveryState.Failed.ToName()),
                Parameter.Text("@last_error", "The webhook is disabled."),
                Parameter.Span("@age", giveUpAfter),
                Parameter.Integer("@limit", limit)),
            cancellationToken);

    /// <summary>What a delivery is after a try, and when it is tried next; a last time when its period ends.</summary>
    private static (DeliveryState State, DateTimeOffset? Next) Decide(
        ClaimedDelivery delivery, DeliveryOutcome outcome, DateTimeOffset now, DateTimeOffset end) =>
        outcome switch
        {
            DeliveryOutcome.Accepted => (DeliveryState.Delivered, null),
            DeliveryOutcome.Refused refused when now < end => (DeliveryState.Pending, now + refused.Delay < end ? now + refused.Delay : end),
            _ => (DeliveryState.Failed, null),
        };

    private static string? ErrorOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Refused refused => refused.Error,
        DeliveryOutcome.Gone gone => gone.Error,
        _ => null,
    };
}
