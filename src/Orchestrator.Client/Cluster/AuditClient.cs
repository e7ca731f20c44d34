using Orchestrator.Client.Http;
using Orchestrator.Contracts.Audit;

namespace Orchestrator.Client.Cluster;

/// <summary>Who changed what, or tried to.</summary>
public sealed class AuditClient
{
    private readonly ApiConnection _api;

    internal AuditClient(ApiConnection api) => _api = api;

    /// <summary>The newest first.</summary>
    /// <param name="workspace">Only what was done in it; null for all.</param>
    /// <param name="actor">Only what this caller did; null for all.</param>
    /// <param name="operation">Only this operation, by its id in the OpenAPI document; null for all.</param>
    /// <param name="createdAfter">Only what was done after this moment; null for all.</param>
    public IAsyncEnumerable<AuditEntryResponse> ListAsync(
        string? workspace = null,
        string? actor = null,
        string? operation = null,
        DateTimeOffset? createdAfter = null,
        CancellationToken cancellationToken = default) =>
        _api.ListAsync<AuditEntryResponse>(
            cursor => $"/audit{new UrlQuery().Add("workspace", workspace).Add("actor", actor).Add("operation", operation).Add("createdAfter", createdAfter).Add("cursor", cursor)}",
            cancellationToken);
}
