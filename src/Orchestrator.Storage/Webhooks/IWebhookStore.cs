namespace Orchestrator.Storage.Webhooks;

public interface IWebhookStore
{
    /// <summary>Creates a webhook. It is told of every event whose transaction begins after the answer.</summary>
    Task<WebhookCreation> CreateAsync(WebhookRecord webhook, string secret, CancellationToken cancellationToken);

    Task<WebhookRecord?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Webhooks by id, of one workspace if given, those after <paramref name="after"/> if given.</summary>
    Task<IReadOnlyList<WebhookRecord>> ListAsync(string? workspace, Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces description, URL, types and whether it is enabled with what <paramref name="change"/> makes of them, and its
    /// secret if one is given; null when there is no such webhook.
    /// </summary>
    Task<WebhookRecord?> UpdateAsync(Guid id, Func<WebhookRecord, WebhookRecord> change, string? secret, CancellationToken cancellationToken);

    /// <summary>Deletes a webhook and its deliveries; false when there is none.</summary>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}
