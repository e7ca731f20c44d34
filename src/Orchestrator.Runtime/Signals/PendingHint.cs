namespace Orchestrator.Runtime.Signals;

/// <summary>Gathers what the cluster is to be told until the next hint is sent.</summary>
internal sealed class PendingHint
{
    private readonly Lock _lock = new();
    private HashSet<ushort> _ended = [];
    private HashSet<ushort> _changed = [];
    private bool _ready;
    private bool _due;
    private bool _drain;
    private bool _skills;
    private bool _agents;
    private bool _watched;

    public void AddReady()
    {
        lock (_lock)
        {
            _ready = true;
        }
    }

    public void AddDue()
    {
        lock (_lock)
        {
            _due = true;
        }
    }

    public void AddDrain()
    {
        lock (_lock)
        {
            _drain = true;
        }
    }

    public void AddSkills()
    {
        lock (_lock)
        {
            _skills = true;
        }
    }

    public void AddAgents()
    {
        lock (_lock)
        {
            _agents = true;
        }
    }

    public void AddWatched()
    {
        lock (_lock)
        {
            _watched = true;
        }
    }

    public void AddEnded(IReadOnlyList<Guid> taskIds)
    {
        lock (_lock)
        {
            AddNeedsLock(_ended, taskIds);
        }
    }

    public void AddChanged(IReadOnlyList<Guid> taskIds)
    {
        lock (_lock)
        {
            AddNeedsLock(_changed, taskIds);
        }
    }

    /// <summary>Everything gathered since the last call.</summary>
    public ClusterHint Take()
    {
        lock (_lock)
        {
            var hint = new ClusterHint(_ready, _due, _drain, TakeNeedsLock(ref _ended), TakeNeedsLock(ref _changed)) { Skills = _skills, Agents = _agents, Watched = _watched };
            _ready = _due = _drain = _skills = _agents = _watched = false;
            return hint;
        }
    }

    /// <summary>Past the limit the list is sent as "any", so one entry beyond it is enough to know.</summary>
    private static void AddNeedsLock(HashSet<ushort> hashes, IReadOnlyList<Guid> taskIds)
    {
        for (var i = 0; i < taskIds.Count && hashes.Count <= ClusterHintFormat.MaxTasksPerList; i++)
        {
            hashes.Add(TaskHash.Of(taskIds[i]));
        }
    }

    private static TaskHashes TakeNeedsLock(ref HashSet<ushort> hashes)
    {
        if (hashes.Count == 0)
        {
            return TaskHashes.None;
        }

        var taken = new TaskHashes(hashes, hashes.Count > ClusterHintFormat.MaxTasksPerList);
        hashes = [];
        return taken;
    }
}
