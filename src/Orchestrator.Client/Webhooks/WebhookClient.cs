using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Webhooks;

namespace Orchestrator.Client.Webhooks;

/// <summary>Who is told of events, and what became of telling them.</summary>
public sealed class WebhookClient
{
    private readonly ApiConnection _api;

    internal WebhookClient(ApiConnection api) => _api = api;

    /// <summary>Creates a webhook; only this answer tells its secret.</summary>
    public Task<WebhookResponse> CreateAsync(CreateWebhookRequest webhook, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WebhookResponse>(ApiRequest.Create("/webhooks", webhook), cancellationToken);

    /// <summary>Creates a webhook of JSON; the gateway tells every mistake in it.</summary>
    public Task<WebhookResponse> CreateAsync(RawJson webhook, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WebhookResponse>(ApiRequest.Create("/webhooks", webhook), cancellationToken);

    public Task<WebhookResponse> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WebhookResponse>(ApiRequest.Get($"/webhooks/{id}"), cancellationToken);

    /// <param name="workspace">Only its own; null for all.</param>
    public IAsyncEnumerable<WebhookResponse> ListAsync(string? workspace = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync<WebhookResponse>(
            cursor => $"/webhooks{new UrlQuery().Add("workspace", workspace).Add("cursor", cursor)}", cancellationToken);

    /// <summary>Changes what is set; the rest stays.</summary>
    public Task<WebhookResponse> PatchAsync(Guid id, PatchWebhookRequest change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WebhookResponse>(ApiRequest.Patch($"/webhooks/{id}", change), cancellationToken);

    /// <summary>Changes a webhook with JSON, in which null clears a member.</summary>
    public Task<WebhookResponse> PatchAsync(Guid id, RawJson change, CancellationToken cancellationToken = default) =>
        _api.SendAsync<WebhookResponse>(ApiRequest.Patch($"/webhooks/{id}", change), cancellationToken);

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) => _api.DeleteAsync($"/webhooks/{id}", cancellationToken);

    /// <param name="status"><c>pending</c>, <c>delivered</c> or <c>failed</c>; null for all.</param>
    public IAsyncEnumerable<DeliveryResponse> ListDeliveriesAsync(Guid id, string? status = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync<DeliveryResponse>(
            cursor => $"/webhooks/{id}/deliveries{new UrlQuery().Add("status", status).Add("cursor", cursor)}", cancellationToken);

    /// <summary>Sends an event once more, with the same id.</summary>
    public Task<DeliveryResponse> RetryDeliveryAsync(Guid id, string eventId, CancellationToken cancellationToken = default) =>
        _api.SendAsync<DeliveryResponse>(
            ApiRequest.Post($"/webhooks/{id}/deliveries/{Uri.EscapeDataString(eventId)}/retry") with { IsRepeatable = false }, cancellationToken);
}
