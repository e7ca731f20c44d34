namespace Orchestrator.Runtime.Remote;

/// <summary>The requests that wait for tasks.</summary>
internal sealed class RemoteQueue(RemoteActions actions)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RemoteGroup> _groups = new(StringComparer.Ordinal);
    private bool _isClosed;
    private int _turn;

    /// <summary>False when nothing is given out any more.</summary>
    public bool TryAdd(RemoteWaiter waiter)
    {
        var key = waiter.Offer.ToKey();
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            if (!_groups.TryGetValue(key, out var group))
            {
                _groups.Add(key, group = new RemoteGroup(waiter.Offer, [.. waiter.Offer.Actions.Select(actions.Find)]));
            }

            group.Waiters.Add(waiter);
            group.IsDue = true;
            return true;
        }
    }

    /// <summary>Something may be ready for all.</summary>
    public void MarkAllDue()
    {
        lock (_lock)
        {
            foreach (var group in _groups.Values)
            {
                group.IsDue = true;
            }
        }
    }

    public void MarkDue(RemoteGroup group)
    {
        lock (_lock)
        {
            group.IsDue = true;
        }
    }

    /// <summary>The groups to take a turn for, each with those that wait in it, another first each time.</summary>
    public IReadOnlyList<(RemoteGroup Group, IReadOnlyList<RemoteWaiter> Waiters)> TakeDue()
    {
        lock (_lock)
        {
            TidyNeedsLock();
            var due = _groups.Values.Where(static group => group.IsDue).ToList();
            var first = due.Count == 0 ? 0 : _turn++ % due.Count;
            return [.. due.Skip(first).Concat(due.Take(first)).Select(static group =>
            {
                group.IsDue = false;
                return (group, (IReadOnlyList<RemoteWaiter>)[.. group.Waiters]);
            })];
        }
    }

    /// <summary>Answers those whose time is up; the time of the next that waits, or null when none does.</summary>
    public long? AnswerOverdue(long now)
    {
        lock (_lock)
        {
            long? next = null;
            foreach (var waiter in _groups.Values.SelectMany(static group => group.Waiters).Where(static waiter => waiter.IsOpen))
            {
                if (waiter.Deadline <= now && waiter.IsTried)
                {
                    waiter.TryAnswer([]);
                }
                else if (next is null || waiter.Deadline < next)
                {
                    next = waiter.Deadline;
                }
            }

            return next;
        }
    }

    /// <summary>Lets all go that wait, and takes no more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var waiter in _groups.Values.SelectMany(static group => group.Waiters))
            {
                waiter.TryAnswer(null);
            }

            _groups.Clear();
        }
    }

    private void TidyNeedsLock()
    {
        foreach (var (key, group) in _groups)
        {
            group.Waiters.RemoveAll(static waiter => !waiter.IsOpen);
            if (group.Waiters.Count == 0)
            {
                _groups.Remove(key);
            }
        }
    }
}
