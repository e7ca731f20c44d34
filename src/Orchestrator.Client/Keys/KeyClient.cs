using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Keys;

namespace Orchestrator.Client.Keys;

/// <summary>Who may do what where.</summary>
public sealed class KeyClient
{
    private readonly ApiConnection _api;

    internal KeyClient(ApiConnection api) => _api = api;

    /// <summary>Creates a key; only this answer tells it.</summary>
    public Task<KeyResponse> CreateAsync(CreateKeyRequest key, CancellationToken cancellationToken = default) =>
        _api.SendAsync<KeyResponse>(ApiRequest.Create("/keys", key), cancellationToken);

    /// <summary>Creates a key of JSON; the gateway tells every mistake in it.</summary>
    public Task<KeyResponse> CreateAsync(RawJson key, CancellationToken cancellationToken = default) =>
        _api.SendAsync<KeyResponse>(ApiRequest.Create("/keys", key), cancellationToken);

    /// <param name="id">The key's id, or its name.</param>
    public Task<KeyResponse> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _api.SendAsync<KeyResponse>(ApiRequest.Get($"/keys/{Uri.EscapeDataString(id)}"), cancellationToken);

    /// <summary>Keys by name, revoked and expired ones included.</summary>
    public IAsyncEnumerable<KeyResponse> ListAsync(CancellationToken cancellationToken = default) =>
        _api.ListAsync<KeyResponse>(cursor => $"/keys{new UrlQuery().Add("cursor", cursor)}", cancellationToken);

    /// <summary>Revokes a key: from then on it is refused.</summary>
    /// <param name="id">The key's id, or its name.</param>
    public Task RevokeAsync(string id, CancellationToken cancellationToken = default) => _api.DeleteAsync($"/keys/{Uri.EscapeDataString(id)}", cancellationToken);
}
