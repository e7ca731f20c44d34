namespace Orchestrator.Runtime.Watching;

public interface ITaskSubscription : IDisposable
{
    /// <summary>Waits for news since the last call, at most <paramref name="timeout"/>; the caller then reads the store either way.</summary>
    Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
