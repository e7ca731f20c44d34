using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Watching;

/// <summary>Wakes readers of tasks.</summary>
public sealed class TaskWatcher(ITaskReader tasks, SignalHub hub, TimeProvider timeProvider, ILogger<TaskWatcher> logger)
    : EndWatcher("tasks", hub, timeProvider, logger), ITaskWatcher
{
    protected override Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        tasks.FindEndedAsync(ids, cancellationToken);
}
