using Orchestrator.Client.Http;
using Orchestrator.Contracts.Cluster;

namespace Orchestrator.Client.Cluster;

/// <summary>What failed, those that are the same as one.</summary>
public sealed class ErrorClient
{
    private readonly ApiConnection _api;

    internal ErrorClient(ApiConnection api) => _api = api;

    /// <param name="workspace">Only its own; null for all.</param>
    /// <param name="sort"><c>recent</c> or <c>frequent</c> first; null for recent.</param>
    public IAsyncEnumerable<ErrorGroupResponse> ListAsync(string? workspace = null, string? sort = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync<ErrorGroupResponse>(
            cursor => $"/errors{new UrlQuery().Add("workspace", workspace).Add("sort", sort).Add("cursor", cursor)}", cancellationToken);
}
