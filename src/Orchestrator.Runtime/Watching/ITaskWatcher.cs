namespace Orchestrator.Runtime.Watching;

/// <summary>Tells when a task has news. Hints from the whole cluster wake it; a slow poll stands behind them.</summary>
public interface ITaskWatcher
{
    /// <summary>Waits until the task has ended or is gone; false when <paramref name="timeout"/> passed first.</summary>
    Task<bool> WaitForEndAsync(Guid id, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>
    /// Subscribes to a task. Subscribe first, then read, then wait: whatever commits after the subscription completes the
    /// next <see cref="ITaskSubscription.WaitAsync"/>.
    /// </summary>
    ITaskSubscription Subscribe(Guid id);
}
