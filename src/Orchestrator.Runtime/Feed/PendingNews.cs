namespace Orchestrator.Runtime.Feed;

/// <summary>
/// Gathers what has news until somebody takes it: each task and run once, of every urgency at most so many. What there is no room for is
/// counted, which costs the same whatever its number is.
/// </summary>
public sealed class PendingNews(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NewsItem, NewsUrgency> _known = [];
    private readonly Queue<NewsItem>[] _queues = [new(), new(), new()];
    private readonly int[] _waiting = new int[3];
    private long _skipped;

    public void Add(NewsUrgency urgency, bool areRuns, IReadOnlyList<Guid> ids)
    {
        lock (_lock)
        {
            for (var i = 0; i < ids.Count; i++)
            {
                if (_waiting[(int)urgency] >= capacity)
                {
                    _skipped += ids.Count - i;
                    return;
                }

                AddNeedsLock(urgency, new NewsItem(ids[i], areRuns));
            }
        }
    }

    /// <summary>Counts news that were left out before they came here.</summary>
    public void AddSkipped(long skipped)
    {
        lock (_lock)
        {
            _skipped += skipped;
        }
    }

    /// <summary>Takes the most urgent, and how many were left out since the last call.</summary>
    public (IReadOnlyList<(NewsItem Item, NewsUrgency Urgency)> Items, long Skipped) Take(int limit)
    {
        var items = new List<(NewsItem, NewsUrgency)>();
        lock (_lock)
        {
            for (var urgency = NewsUrgency.First; urgency <= NewsUrgency.Changed; urgency++)
            {
                var queue = _queues[(int)urgency];
                while (items.Count < limit && queue.TryDequeue(out var item))
                {
                    // One that became more urgent in the meantime stands in another queue.
                    if (_known.TryGetValue(item, out var now) && now == urgency)
                    {
                        _known.Remove(item);
                        _waiting[(int)urgency]--;
                        items.Add((item, urgency));
                    }
                }
            }

            var skipped = _skipped;
            _skipped = 0;
            return (items, skipped);
        }
    }

    /// <summary>Forgets everything: nobody looks on any more.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _known.Clear();
            Array.ForEach(_queues, static queue => queue.Clear());
            Array.Clear(_waiting);
            _skipped = 0;
        }
    }

    private void AddNeedsLock(NewsUrgency urgency, NewsItem item)
    {
        if (_known.TryGetValue(item, out var known))
        {
            if (known <= urgency)
            {
                return;
            }

            _waiting[(int)known]--;
        }

        _known[item] = urgency;
        _waiting[(int)urgency]++;
        _queues[(int)urgency].Enqueue(item);
    }
}
