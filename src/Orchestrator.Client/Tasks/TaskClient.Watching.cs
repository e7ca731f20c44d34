using Orchestrator.Client.Http;
using Orchestrator.Contracts.Tasks;

namespace Orchestrator.Client.Tasks;

/// <content>Waiting for tasks and following them, over restarts of the gateway.</content>
public sealed partial class TaskClient
{
    /// <summary>The task once it has ended, however long that takes; the token gives up.</summary>
    public Task<TaskResponse> WaitForEndAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.WaitForEndAsync((wait, token) => GetAsync(id, wait: wait, cancellationToken: token), TaskStatuses.HasEnded, cancellationToken);

    /// <summary>
    /// A task's history from its beginning, live, each event once and in order, up to its last one. A stream that breaks off is
    /// resumed where it was. Chunks of output are events of the type <c>task.chunk</c>.
    /// </summary>
    /// <param name="after">Only events after this one.</param>
    public IAsyncEnumerable<EventResponse> FollowAsync(Guid id, int after = 0, CancellationToken cancellationToken = default) =>
        _api.FollowAsync($"/tasks/{id}/events", TaskStatuses.EndsTask, after, cancellationToken);

    /// <summary>A task's history as far as it goes now.</summary>
    /// <param name="after">Only events after this one.</param>
    public IAsyncEnumerable<EventResponse> ListEventsAsync(Guid id, int after = 0, CancellationToken cancellationToken = default) =>
        _api.ListEventsAsync($"/tasks/{id}/events", after, cancellationToken);
}
