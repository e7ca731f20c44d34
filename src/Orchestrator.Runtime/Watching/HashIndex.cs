using Orchestrator.Runtime.Signals;

namespace Orchestrator.Runtime.Watching;

/// <summary>Waiters by the hash of the task they wait for. Safe for use from many threads; looking into an empty one takes no lock.</summary>
internal sealed class HashIndex<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, List<(Guid TaskId, T Waiter)>> _buckets = [];
    private volatile int _count;

    public int Count => _count;

    public void Add(Guid taskId, T waiter)
    {
        lock (_lock)
        {
            var hash = TaskHash.Of(taskId);
            if (!_buckets.TryGetValue(hash, out var bucket))
            {
                _buckets[hash] = bucket = [];
            }

            bucket.Add((taskId, waiter));
            _count++;
        }
    }

    public void Remove(Guid taskId, T waiter)
    {
        lock (_lock)
        {
            var hash = TaskHash.Of(taskId);
            if (_buckets.TryGetValue(hash, out var bucket) && bucket.Remove((taskId, waiter)))
            {
                _count--;
                if (bucket.Count == 0)
                {
                    _buckets.Remove(hash);
                }
            }
        }
    }

    /// <summary>Those that wait for exactly these tasks.</summary>
    public IReadOnlyList<(Guid TaskId, T Waiter)> Find(IReadOnlyList<Guid> taskIds)
    {
        if (_count == 0)
        {
            return [];
        }

        var found = new List<(Guid, T)>();
        lock (_lock)
        {
            foreach (var taskId in taskIds)
            {
                if (_buckets.TryGetValue(TaskHash.Of(taskId), out var bucket))
                {
                    found.AddRange(bucket.Where(entry => entry.TaskId == taskId));
                }
            }
        }

        return found;
    }

    /// <summary>Those that wait for a task a hint may mean.</summary>
    public IReadOnlyList<(Guid TaskId, T Waiter)> Find(TaskHashes tasks)
    {
        if (_count == 0 || tasks.IsEmpty)
        {
            return [];
        }

        var found = new List<(Guid, T)>();
        lock (_lock)
        {
            if (tasks.Any)
            {
                found.AddRange(_buckets.Values.SelectMany(bucket => bucket));
            }
            else
            {
                foreach (var hash in tasks.Hashes)
                {
                    if (_buckets.TryGetValue(hash, out var bucket))
                    {
                        found.AddRange(bucket);
                    }
                }
            }
        }

        return found;
    }
}
