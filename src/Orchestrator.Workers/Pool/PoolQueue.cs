using Orchestrator.Core.Tasks;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Pool;

/// <summary>
/// Where requests meet processes: first come, first served; the process that was free last is taken first, so that under little load
/// the same few stay warm. A seat without a process is woken only when a request finds no free process.
/// </summary>
internal sealed class PoolQueue(PoolInstruments instruments)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PoolRequest> _waiting = [];
    private readonly List<TaskCompletionSource<PoolRequest?>> _free = [];
    private readonly List<TaskCompletionSource> _dormant = [];
    private string? _closed;

    public void Add(PoolRequest request) => Place(request, first: false);

    /// <summary>Gives back what was taken by a process that turned out to be gone; it is next again.</summary>
    public void Return(PoolRequest request) => Place(request, first: true);

    /// <summary>Takes a request out that nobody wants any more; nothing happens if a process has it already.</summary>
    public void Remove(PoolRequest request)
    {
        lock (_gate)
        {
            if (_waiting.Remove(request))
            {
                instruments.OnRequestDequeued();
            }
        }
    }

    /// <summary>The next request, as soon as there is one; null once <paramref name="cancellationToken"/> is cancelled and none was handed over before.</summary>
    public async Task<PoolRequest?> NextAsync(CancellationToken cancellationToken)
    {
        var seat = new TaskCompletionSource<PoolRequest?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            if (TakeFirstNeedsLock() is { } request)
            {
                return request;
            }

            _free.Add(seat);
        }

        using var withdrawal = cancellationToken.UnsafeRegister(_ => Withdraw(_free, seat, () => seat.TrySetResult(null)), null);
        return await seat.Task.ConfigureAwait(false);
    }

    /// <summary>Returns when a request finds no free process, or <paramref name="cancellationToken"/> is cancelled.</summary>
    public async Task WaitForNeedAsync(CancellationToken cancellationToken)
    {
        var seat = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_waiting.Count > 0 || cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _dormant.Add(seat);
        }

        using var withdrawal = cancellationToken.UnsafeRegister(_ => Withdraw(_dormant, seat, () => seat.TrySetResult()), null);
        await seat.Task.ConfigureAwait(false);
    }

    /// <summary>Fails everything that waits; what comes later waits anew.</summary>
    public void FailWaiting(string message)
    {
        foreach (var request in TakeAll(closed: null))
        {
            request.Fail(ErrorCodes.WorkerCrashed, message);
        }
    }

    /// <summary>Fails everything that waits or comes later.</summary>
    public void Close(string message)
    {
        foreach (var request in TakeAll(message))
        {
            request.Fail(ErrorCodes.WorkerCrashed, message);
        }
    }

    private void Place(PoolRequest request, bool first)
    {
        TaskCompletionSource<PoolRequest?>? free = null;
        TaskCompletionSource? dormant = null;
        string? closed;
        lock (_gate)
        {
            closed = _closed;
            if (closed is null && _free.Count > 0)
            {
                free = _free[^1];
                _free.RemoveAt(_free.Count - 1);
            }
            else if (closed is null && !request.IsOver)
            {
                _ = first ? _waiting.AddFirst(request) : _waiting.AddLast(request);
                instruments.OnRequestQueued();
                if (_dormant.Count > 0)
                {
                    dormant = _dormant[^1];
                    _dormant.RemoveAt(_dormant.Count - 1);
                }
            }
        }

        free?.TrySetResult(request);
        dormant?.TrySetResult();
        if (closed is not null)
        {
            request.Fail(ErrorCodes.WorkerCrashed, closed);
        }
    }

    private PoolRequest? TakeFirstNeedsLock()
    {
        if (_waiting.First is not { } node)
        {
            return null;
        }

        _waiting.RemoveFirst();
        instruments.OnRequestDequeued();
        return node.Value;
    }

    private List<PoolRequest> TakeAll(string? closed)
    {
        var taken = new List<PoolRequest>();
        lock (_gate)
        {
            _closed ??= closed;
            while (TakeFirstNeedsLock() is { } request)
            {
                taken.Add(request);
            }
        }

        return taken;
    }

    /// <summary>Ends a wait by hand unless something was handed over first.</summary>
    private void Withdraw<T>(List<T> seats, T seat, Action end)
    {
        bool withdrawn;
        lock (_gate)
        {
            withdrawn = seats.Remove(seat);
        }

        if (withdrawn)
        {
            end();
        }
    }
}
