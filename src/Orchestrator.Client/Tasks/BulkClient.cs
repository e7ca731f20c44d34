using Orchestrator.Client.Http;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <summary>Cancelling, repeating and moving many tasks.</summary>
public sealed class BulkClient
{
    private readonly ApiConnection _api;

    internal BulkClient(ApiConnection api) => _api = api;

    /// <summary>Begins an operation. It has no key: when its answer is lost it is not sent again, because it may have begun.</summary>
    public Task<BulkResponse> StartAsync(BulkRequest request, CancellationToken cancellationToken = default) =>
        _api.SendAsync<BulkResponse>(ApiRequest.Create("/tasks/bulk", request), cancellationToken);

    /// <summary>How far it has come.</summary>
    public Task<BulkResponse> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.SendAsync<BulkResponse>(ApiRequest.Get($"/tasks/bulk/{id}"), cancellationToken);
}
