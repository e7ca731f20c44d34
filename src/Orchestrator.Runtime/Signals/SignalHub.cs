using Orchestrator.Storage.Signals;

namespace Orchestrator.Runtime.Signals;

/// <summary>
/// Wakes whoever waits for something, in this process at once and in the others through <see cref="ClusterSignalService"/>.
/// Handlers run on the caller's thread: they only set a flag or look into a table.
/// </summary>
public sealed class SignalHub(ISignalTransport transport, TimeProvider timeProvider)
{
    private readonly bool _reachesOthers = transport.ReachesOthers;
    private readonly PendingHint _pending = new();
    private readonly WakeSignal _send = new(timeProvider);

    /// <summary>Tasks became ready, or room for them did.</summary>
    public event Action? Ready;

    /// <summary>Tasks that name skills were submitted, ready or not.</summary>
    public event Action? SkillsNeeded;

    /// <summary>Agents were defined, changed or deleted.</summary>
    public event Action? AgentsChanged;

    /// <summary>A reminder may be due sooner than was known.</summary>
    public event Action? Due;

    /// <summary>A turn of this process put tasks aside that wait for a resource or a provider.</summary>
    public event Action? Parked;

    /// <summary>Attempts of this process ended, whatever became of their tasks: what they held is free.</summary>
    public event Action? AttemptsEnded;

    /// <summary>By this process's doing more or fewer tasks wait for others.</summary>
    public event Action? BlockingChanged;

    /// <summary>A silo was asked to drain; each looks whether it is the one.</summary>
    public event Action? DrainRequested;

    /// <summary>These tasks have ended, and that is durable.</summary>
    public event Action<IReadOnlyList<Guid>>? Ended;

    /// <summary>These tasks have news.</summary>
    public event Action<IReadOnlyList<Guid>>? Changed;

    /// <summary>A hint from another process, or a vague one from this.</summary>
    public event Action<ClusterHint>? Hinted;

    public void SignalReady()
    {
        Ready?.Invoke();
        if (_reachesOthers)
        {
            _pending.AddReady();
            _send.Set();
        }
    }

    /// <summary>Wakes this process alone: room may have come in a workspace that was at its limit.</summary>
    public void SignalReadyHere() => Ready?.Invoke();

    public void SignalSkillsNeeded()
    {
        SkillsNeeded?.Invoke();
        if (_reachesOthers)
        {
            _pending.AddSkills();
            _send.Set();
        }
    }

    public void SignalAgentsChanged()
    {
        AgentsChanged?.Invoke();
        if (_reachesOthers)
        {
            _pending.AddAgents();
            _send.Set();
        }
    }

    public void SignalDue()
    {
        Due?.Invoke();
        if (_reachesOthers)
        {
            _pending.AddDue();
            _send.Set();
        }
    }

    /// <summary>Tells this process alone that tasks wait for a resource or a provider, or may go on; the others look by themselves.</summary>
    public void SignalParkedHere() => Parked?.Invoke();

    /// <summary>Tells this process alone that more or fewer tasks wait for others; the other processes look by themselves.</summary>
    public void SignalBlockingChangedHere() => BlockingChanged?.Invoke();

    public void SignalAttemptsEndedHere() => AttemptsEnded?.Invoke();

    public void SignalDrainRequested()
    {
        DrainRequested?.Invoke();
        if (_reachesOthers)
        {
            _pending.AddDrain();
            _send.Set();
        }
    }

    /// <summary>Tells that tasks have ended; call it once that is committed.</summary>
    public void SignalEnded(IReadOnlyList<Guid> taskIds)
    {
        if (taskIds.Count > 0)
        {
            Ended?.Invoke(taskIds);
            SendEnded(taskIds);
        }
    }

    /// <summary>Tells that tasks changed and may have ended; whoever cares looks.</summary>
    public void SignalMayHaveEnded(IReadOnlyList<Guid> taskIds)
    {
        if (taskIds.Count > 0)
        {
            Hinted?.Invoke(new ClusterHint(false, false, false, new TaskHashes([.. taskIds.Select(TaskHash.Of)], false), TaskHashes.None));
            SendEnded(taskIds);
        }
    }

    /// <summary>Tells that tasks have news without having ended.</summary>
    public void SignalChanged(IReadOnlyList<Guid> taskIds)
    {
        if (taskIds.Count == 0)
        {
            return;
        }

        Changed?.Invoke(taskIds);
        if (_reachesOthers)
        {
            _pending.AddChanged(taskIds);
            _send.Set();
        }
    }

    /// <summary>Hands on a hint of another process.</summary>
    internal void Receive(ClusterHint hint)
    {
        if (hint.Ready)
        {
            Ready?.Invoke();
        }

        if (hint.Skills)
        {
            SkillsNeeded?.Invoke();
        }

        if (hint.Agents)
        {
            AgentsChanged?.Invoke();
        }

        if (hint.Due)
        {
            Due?.Invoke();
        }

        if (hint.Drain)
        {
            DrainRequested?.Invoke();
        }

        Hinted?.Invoke(hint);
    }

    /// <summary>Waits until there is something to send and takes it.</summary>
    internal async Task<ClusterHint> TakeOutgoingAsync(CancellationToken cancellationToken)
    {
        await _send.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return _pending.Take();
    }

    private void SendEnded(IReadOnlyList<Guid> taskIds)
    {
        if (_reachesOthers)
        {
            _pending.AddEnded(taskIds);
            _send.Set();
        }
    }
}
