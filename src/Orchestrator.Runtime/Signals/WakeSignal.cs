namespace Orchestrator.Runtime.Signals;

/// <summary>
/// Wakes one waiting loop. It is latched: a signal that comes while the loop is busy makes its next wait return at once, so
/// none is lost, and any number of them count as one.
/// </summary>
public sealed class WakeSignal(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<bool>? _waiter;
    private bool _set;

    public void Set()
    {
        TaskCompletionSource<bool>? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
            _set = waiter is null;
        }

        // The waiter may have timed out at this very moment; then the signal stays for its next wait.
        if (waiter?.TrySetResult(true) == false)
        {
            lock (_lock)
            {
                _set = true;
            }
        }
    }

    /// <summary>Waits for a signal since the last call; false when <paramref name="timeout"/> passed first. One caller at a time.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        TaskCompletionSource<bool> waiter;
        lock (_lock)
        {
            if (_set)
            {
                _set = false;
                return Task.FromResult(true);
            }

            if (timeout <= TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            {
                return Task.FromResult(false);
            }

            waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiter = waiter;
        }

        return AwaitAsync(waiter, timeout, cancellationToken);
    }

    private async Task<bool> AwaitAsync(TaskCompletionSource<bool> waiter, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), waiter).ConfigureAwait(false);
        await using var timer = timeout == Timeout.InfiniteTimeSpan
            ? null
            : timeProvider.CreateTimer(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), waiter, timeout, Timeout.InfiniteTimeSpan);
        try
        {
            return await waiter.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (ReferenceEquals(_waiter, waiter))
                {
                    _waiter = null;
                }
            }
        }
    }
}
