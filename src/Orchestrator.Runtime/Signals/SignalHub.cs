using Orchestrator.Runtime.Feed;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Signals;

namespace Orchestrator.Runtime.Signals;

/// <summary>
/// Wakes whoever waits for something, in this process at once and in the others through <see cref="ClusterSignalService"/>.
/// Handlers run on the caller's thread: they only set a flag or look into a table.
/// </summary>
public sealed class SignalHub(ISignalTransport transport, TimeProvider timeProvider, FeedTap? feed = null)
{
    private readonly bool _reachesOthers = transport.ReachesOthers;
    private readonly PendingHint _pending = new();
    private readonly WakeSignal _send = new(timeProvider);

    /// <summary>Where people who look on are told what has news; everything that is signalled here passes on to it.</summary>
    public FeedTap Feed { get; } = feed ?? new FeedTap(Microsoft.Extensions.Options.Options.Create(new FeedOptions()), timeProvider);

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
            TellFeed(NewsUrgency.Ended, taskIds);
        }
    }

    /// <summary>Tells that runs have ended, and that others have news; call it once that is committed.</summary>
    public void SignalRuns(IReadOnlyList<Guid> ended, IReadOnlyList<Guid> changed)
    {
        if (ended.Count > 0)
        {
            Ended?.Invoke(ended);
            SendEnded(ended);
        }

        if (changed.Count > 0)
        {
            Changed?.Invoke(changed);
            SendChanged(changed);
        }

        if (Feed.IsOpen)
        {
            Feed.AddRuns(NewsUrgency.First, ended);
            Feed.AddRuns(NewsUrgency.Ended, changed);
        }
    }

    /// <summary>Tells those who look on of tasks that were made; nobody else waits for them.</summary>
    public void SignalMade(IEnumerable<Guid> taskIds)
    {
        if (Feed.IsOpen)
        {
            Feed.AddTasks(NewsUrgency.Changed, [.. taskIds]);
        }
    }

    /// <summary>Tells those who look on that attempts failed, before it is told that they ended or go on.</summary>
    public void SignalFailed(IReadOnlyList<Guid> taskIds) => TellFeed(NewsUrgency.First, taskIds);

    /// <summary>Tells the other processes that this one has viewers of the live feed.</summary>
    public void SignalWatched()
    {
        if (_reachesOthers)
        {
            _pending.AddWatched();
            _send.Set();
        }
    }

    /// <summary>Tells that tasks changed and may have ended; whoever cares looks.</summary>
    public void SignalMayHaveEnded(IReadOnlyList<Guid> taskIds)
    {
        if (taskIds.Count > 0)
        {
            Hinted?.Invoke(new ClusterHint(false, false, false, new TaskHashes([.. taskIds.Select(TaskHash.Of)], false), TaskHashes.None));
            SendEnded(taskIds);
            TellFeed(NewsUrgency.Changed, taskIds);
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
        SendChanged(taskIds);
        TellFeed(NewsUrgency.Changed, taskIds);
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

        if (hint.Watched)
        {
            Feed.OnWatchedElsewhere();
        }

        Hinted?.Invoke(hint);
    }

    /// <summary>Waits until there is something to send and takes it.</summary>
    internal async Task<ClusterHint> TakeOutgoingAsync(CancellationToken cancellationToken)
    {
        await _send.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        return _pending.Take();
    }

    private void TellFeed(NewsUrgency urgency, IReadOnlyList<Guid> taskIds)
    {
        if (Feed.IsOpen)
        {
            Feed.AddTasks(urgency, taskIds);
        }
    }

    private void SendChanged(IReadOnlyList<Guid> ids)
    {
        if (_reachesOthers)
        {
            _pending.AddChanged(ids);
            _send.Set();
        }
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
