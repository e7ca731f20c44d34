using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Resources;

namespace Orchestrator.Client.Cluster;

/// <summary>Token buckets and semaphores that the cluster shares.</summary>
public sealed class ResourceClient
{
    private readonly ApiConnection _api;

    internal ResourceClient(ApiConnection api) => _api = api;

    public Task<ResourceResponse> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ResourceResponse>(ApiRequest.Get(At(name)), cancellationToken);

    /// <summary>What there was of it lately, in buckets of time.</summary>
    /// <param name="duration">How far back to go, in whole seconds; null for what the server goes back by itself.</param>
    public Task<ResourceLevelsResponse> GetLevelsAsync(string name, TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ResourceLevelsResponse>(
            ApiRequest.Get($"{At(name)}/levels{new UrlQuery().Add("durationSeconds", (int?)duration?.TotalSeconds)}"), cancellationToken);

    /// <summary>All of them, by name.</summary>
    public IAsyncEnumerable<ResourceResponse> ListAsync(CancellationToken cancellationToken = default) =>
        _api.ListAsync<ResourceResponse>(cursor => $"/resources{new UrlQuery().Add("cursor", cursor)}", cancellationToken);

    /// <summary>Creates it, or changes what it gives.</summary>
    public Task<ResourceResponse> PutAsync(string name, PutResourceRequest settings, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ResourceResponse>(ApiRequest.Put(At(name), settings), cancellationToken);

    /// <summary>Creates it, or changes what it gives, by JSON; the gateway tells every mistake in it.</summary>
    public Task<ResourceResponse> PutAsync(string name, RawJson settings, CancellationToken cancellationToken = default) =>
        _api.SendAsync<ResourceResponse>(ApiRequest.Put(At(name), settings), cancellationToken);

    private static string At(string name) => $"/resources/{Uri.EscapeDataString(name)}";
}
