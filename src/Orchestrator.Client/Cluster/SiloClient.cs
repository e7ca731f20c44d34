using Orchestrator.Client.Http;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Client.Cluster;

/// <summary>The processes that execute tasks.</summary>
public sealed class SiloClient
{
    private readonly ApiConnection _api;

    internal SiloClient(ApiConnection api) => _api = api;

    public IAsyncEnumerable<SiloResponse> ListAsync(CancellationToken cancellationToken = default) =>
        _api.ListAsync<SiloResponse>(_ => "/silos", cancellationToken);

    /// <summary>Asks a silo to take on nothing more.</summary>
    public Task<DrainResponse> DrainAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.SendAsync<DrainResponse>(ApiRequest.Post($"/silos/{id}/drain"), cancellationToken);
}
