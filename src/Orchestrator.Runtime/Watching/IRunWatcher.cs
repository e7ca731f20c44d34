namespace Orchestrator.Runtime.Watching;

/// <summary>Tells when a run has news, as <see cref="ITaskWatcher"/> does for tasks.</summary>
public interface IRunWatcher
{
    /// <summary>Waits until the run has ended or is gone; false when <paramref name="timeout"/> passed first. A run that a person has retried has not ended.</summary>
    Task<bool> WaitForEndAsync(Guid id, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Subscribes to a run: subscribe first, then read, then wait.</summary>
    ITaskSubscription Subscribe(Guid id);
}
