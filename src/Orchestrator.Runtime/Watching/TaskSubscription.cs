using Orchestrator.Runtime.Signals;

namespace Orchestrator.Runtime.Watching;

/// <summary>One reader of one task's news.</summary>
internal sealed class TaskSubscription(Guid taskId, TimeProvider timeProvider, Action<TaskSubscription> disposed) : ITaskSubscription
{
    private readonly WakeSignal _news = new(timeProvider);

    public Guid TaskId { get; } = taskId;

    public void Wake() => _news.Set();

    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _news.WaitAsync(timeout, cancellationToken);

    public void Dispose() => disposed(this);
}
