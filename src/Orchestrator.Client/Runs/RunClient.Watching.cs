using Orchestrator.Client.Http;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Runs;

/// <content>Waiting for runs and following them, over restarts of the gateway.</content>
public sealed partial class RunClient
{
    /// <summary>The run once it has ended, however long that takes; the token gives up.</summary>
    public Task<RunResponse> WaitForEndAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.WaitForEndAsync((wait, token) => GetAsync(id, wait, token), RunStatuses.HasEnded, cancellationToken);

    /// <summary>A run's history from its beginning, live, each event once and in order, until it has ended. A stream that breaks off is resumed where it was.</summary>
    /// <param name="after">Only events after this one; so a run that a person started again is followed on.</param>
    public IAsyncEnumerable<EventResponse> FollowAsync(Guid id, int after = 0, CancellationToken cancellationToken = default) =>
        _api.FollowAsync($"/runs/{id}/events", RunStatuses.EndsRun, after, cancellationToken);

    /// <summary>A run's history as far as it goes now.</summary>
    /// <param name="after">Only events after this one.</param>
    public IAsyncEnumerable<EventResponse> ListEventsAsync(Guid id, int after = 0, CancellationToken cancellationToken = default) =>
        _api.ListEventsAsync($"/runs/{id}/events", after, cancellationToken);
}
