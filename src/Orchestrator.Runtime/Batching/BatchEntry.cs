namespace Orchestrator.Runtime.Batching;

/// <summary>One item that waits to be written, and the promise of its answer.</summary>
internal sealed class BatchEntry<TItem, TResult>(TItem item, int weight)
    : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private volatile bool _abandoned;

    public TItem Item { get; } = item;

    public int Weight { get; } = weight;

    /// <summary>True once nobody waits for the answer; an entry that is still queued is then not written at all.</summary>
    public bool IsAbandoned => _abandoned;

    public void Abandon() => _abandoned = true;

    public void Fail(Exception exception)
    {
        if (_abandoned)
        {
            TrySetCanceled();
        }
        else
        {
            TrySetException(exception);
        }
    }
}
