namespace Orchestrator.Storage.Webhooks;

public interface IDeliveryStore
{
    /// <summary>The deliveries of a webhook by event id, those in one state if given, those after <paramref name="after"/> if given.</summary>
    Task<IReadOnlyList<DeliveryRecord>> ListAsync(
        Guid webhook, DeliveryState? state, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Makes a delivery due now, whatever became of it, with a new period in which it is tried; null when there is none.</summary>
    Task<DeliveryRecord?> RetryAsync(Guid webhook, string eventId, CancellationToken cancellationToken);

    /// <summary>The enabled webhooks, and how long until something of theirs is due.</summary>
    Task<IReadOnlyList<DueWebhook>> FindDueAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes due deliveries of a webhook, the longest due first, and makes each due again after <paramref name="lease"/>, so that
    /// it is tried again if nothing is heard of this try. What another process takes just now is left to it.
    /// </summary>
    Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(Guid webhook, int limit, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Writes down how a try went; answers what that makes of the delivery. A failure of a try that is not the latest any more changes
    /// nothing.
    /// </summary>
    Task<DeliveryState> SettleAsync(ClaimedDelivery delivery, DeliveryOutcome outcome, TimeSpan giveUpAfter, CancellationToken cancellationToken);

    /// <summary>Gives up at most <paramref name="limit"/> deliveries that wait for disabled webhooks longer than that; answers how many.</summary>
    Task<int> GiveUpAbandonedAsync(TimeSpan giveUpAfter, int limit, CancellationToken cancellationToken);
}
