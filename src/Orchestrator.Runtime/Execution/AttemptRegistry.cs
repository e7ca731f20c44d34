namespace Orchestrator.Runtime.Execution;

/// <summary>The open attempts of this process. Heartbeats renew what stands here, the watchdog guards it, a drain waits for it to empty.</summary>
public sealed class AttemptRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, OpenAttempt> _byToken = [];
    private readonly Dictionary<Guid, OpenAttempt> _byTask = [];
    private int _claims;

    /// <summary>Raised after attempts were added.</summary>
    public event Action<IReadOnlyList<OpenAttempt>>? Added;

    /// <summary>Raised after an attempt was removed.</summary>
    public event Action? Removed;

    /// <summary>Raised after a claim ended, with attempts or without.</summary>
    public event Action? ClaimEnded;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byToken.Count;
            }
        }
    }

    /// <summary>Whether no attempt is open and none is about to be.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_lock)
            {
                return _claims == 0 && _byToken.Count == 0;
            }
        }
    }

    /// <summary>Announces that attempts may be added; <see cref="EndClaim"/> follows once they have been.</summary>
    public void BeginClaim()
    {
        lock (_lock)
        {
            _claims++;
        }
    }

    public void EndClaim()
    {
        lock (_lock)
        {
            _claims--;
        }

        ClaimEnded?.Invoke();
    }

    public void Add(IReadOnlyList<OpenAttempt> attempts)
    {
        lock (_lock)
        {
            foreach (var attempt in attempts)
            {
                _byToken[attempt.Lease.Token] = attempt;
                _byTask[attempt.Lease.TaskId] = attempt;
            }
        }

        Added?.Invoke(attempts);
    }

    public void Remove(OpenAttempt attempt)
    {
        lock (_lock)
        {
            _byToken.Remove(attempt.Lease.Token);
            if (_byTask.TryGetValue(attempt.Lease.TaskId, out var latest) && ReferenceEquals(latest, attempt))
            {
                _byTask.Remove(attempt.Lease.TaskId);
            }
        }

        Removed?.Invoke();
    }

    public IReadOnlyList<OpenAttempt> Snapshot()
    {
        lock (_lock)
        {
            return [.. _byToken.Values];
        }
    }

    /// <summary>The newest attempt at a task, if one is open here.</summary>
    public OpenAttempt? FindByTask(Guid taskId)
    {
        lock (_lock)
        {
            return _byTask.GetValueOrDefault(taskId);
        }
    }
}
