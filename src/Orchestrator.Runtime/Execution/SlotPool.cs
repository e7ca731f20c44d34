using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>The silo's slots: how many attempts run, in all and of each action. A slot is held while a worker works.</summary>
public sealed class SlotPool(IOptions<SiloOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _busyByAction = new(StringComparer.Ordinal);
    private int _busy;

    /// <summary>Raised after a slot was freed.</summary>
    public event Action? Freed;

    public int Size { get; } = options.Value.Slots;

    public int Busy => Volatile.Read(ref _busy);

    /// <summary>How many more attempts of each servable action could start now.</summary>
    /// <param name="free">Bounds their sum.</param>
    /// <param name="limited">Whether some servable action has no room, so that a freed slot is news.</param>
    /// <returns>The capacities; empty when nothing can start.</returns>
    public IReadOnlyList<ActionCapacity> FindCapacity(IEnumerable<ActionEntry> actions, out int free, out bool limited)
    {
        var capacities = new List<ActionCapacity>();
        lock (_lock)
        {
            free = Math.Max(0, Size - _busy);
            limited = false;
            foreach (var action in actions)
            {
                var room = Math.Min(free, action.Concurrency - _busyByAction.GetValueOrDefault(action.Name));
                if (action.IsServable && room > 0)
                {
                    capacities.Add(new ActionCapacity(action.Name, room));
                }

                limited |= action.IsServable && room <= 0;
            }
        }

        return capacities;
    }

    /// <summary>Occupies a slot for a task that a turn has leased within the capacity it was offered.</summary>
    public void Take(string action)
    {
        lock (_lock)
        {
            _busy++;
            _busyByAction[action] = _busyByAction.GetValueOrDefault(action) + 1;
        }
    }

    public void Release(string action)
    {
        lock (_lock)
        {
            var left = _busyByAction.GetValueOrDefault(action) - 1;
            if (left < 0)
            {
                throw new InvalidOperationException($"A slot of '{action}' was freed twice.");
            }

            _busy--;
            if (left == 0)
            {
                _busyByAction.Remove(action);
            }
            else
            {
                _busyByAction[action] = left;
            }
        }

        Freed?.Invoke();
    }
}
