using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Gateway.Api;

/// <summary>The history of one task.</summary>
internal sealed class TaskEvents(ITaskReader tasks, ITaskWatcher watcher, Guid id) : IEventSource
{
    public ITaskSubscription Subscribe() => watcher.Subscribe(id);

    public async Task<EventPart?> ReadAsync(int after, int limit, CancellationToken cancellationToken) =>
        await tasks.ReadHistoryAsync(id, after, limit, cancellationToken) is { } history
            ? new EventPart([.. history.Events.Select(entry => entry.ToResponse())], history.LastSeq, history.Ended)
            : null;

    public ProblemException NotFound() => VisibleTasks.NotFound(id);
}
