namespace Orchestrator.Workers.Pool;

/// <summary>For how long a pool has had nothing to do.</summary>
internal sealed class PoolActivity(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _last = time.GetTimestamp();
    private int _working;

    public TimeSpan IdleFor
    {
        get
        {
            lock (_gate)
            {
                return _working > 0 ? TimeSpan.Zero : time.GetElapsedTime(_last);
            }
        }
    }

    /// <summary>Work goes on until the answer is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_gate)
        {
            _working++;
        }

        return new Work(this);
    }

    /// <summary>A process has started: it is not stopped before it could be used.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            _last = time.GetTimestamp();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _working--;
            _last = time.GetTimestamp();
        }
    }

    private sealed class Work(PoolActivity activity) : IDisposable
    {
        public void Dispose() => activity.End();
    }
}
