using Orchestrator.Client.Http;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Leases;

/// <summary>What a remote worker asks for. Every call about a lease that is gone is refused with 409: stop the work, and write nothing more.</summary>
public sealed class LeaseClient
{
    private static readonly RawJson Null = new("null"u8.ToArray());
    private readonly ApiConnection _api;

    internal LeaseClient(ApiConnection api) => _api = api;

    /// <summary>Asks for tasks; answers none when there was none within the request's <c>waitMs</c>.</summary>
    public async Task<IReadOnlyList<RemoteLease>> TakeAsync(LeaseRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wait = TimeSpan.FromMilliseconds(request.WaitMs ?? 0);
        return (await _api.SendAsync<LeaseResponse>(ApiRequest.Post("/leases", request) with { Wait = wait }, cancellationToken).ConfigureAwait(false)).Leases;
    }

    /// <summary>Renews a lease.</summary>
    /// <param name="request">What the worker has come to; null for nothing new.</param>
    public Task<HeartbeatResponse> HeartbeatAsync(Guid token, HeartbeatRequest? request = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<HeartbeatResponse>(
            request is null ? ApiRequest.Post($"/leases/{token}/heartbeat") : ApiRequest.Post($"/leases/{token}/heartbeat", request), cancellationToken);

    /// <param name="fraction">From 0 to 1.</param>
    public Task ProgressAsync(Guid token, double fraction, string? message = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiRequest.Post($"/leases/{token}/progress", new ProgressRequest { Fraction = fraction, Message = message }), cancellationToken);

    /// <summary>Appends pieces of output. When the answer is lost they are not sent again: they would stand there twice.</summary>
    public Task AppendAsync(Guid token, IReadOnlyList<string> chunks, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiRequest.Create($"/leases/{token}/chunks", new ChunksRequest(chunks)), cancellationToken);

    /// <summary>Ends the attempt with a result. The same again is accepted again, so a lost answer does no harm.</summary>
    public Task CompleteAsync(Guid token, RawJson? result, UsageRequest? usage = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiRequest.Post($"/leases/{token}/complete", new CompleteRequest { Result = result ?? Null, Usage = usage }), cancellationToken);

    /// <summary>Ends the attempt without one.</summary>
    public Task FailAsync(Guid token, FailRequest failure, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiRequest.Post($"/leases/{token}/fail", failure), cancellationToken);
}
