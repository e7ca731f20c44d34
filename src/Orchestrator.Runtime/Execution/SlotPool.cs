using Microsoft.Extensions.Options;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Options;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// The silo's slots: how many attempts run, in all and of each action, and who waits for one. A slot is held while a worker
/// works. Of actions whose attempts are fast more is leased than there are free slots; see <see cref="Prefetch"/>.
/// </summary>
public sealed class SlotPool(IOptions<SiloOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ActionSlots> _actions = new(StringComparer.Ordinal);
    private int _busy;
    private int _waiting;
    private long _nextTicket;

    /// <summary>Raised after a slot was freed.</summary>
    public event Action? Freed;

    public int Size { get; } = options.Value.Slots;

    public int Busy => Volatile.Read(ref _busy);

    /// <summary>How many more attempts of each servable action could be leased now.</summary>
    /// <param name="free">Bounds their sum.</param>
    /// <param name="limited">Whether some servable action has no room, so that a freed slot is news.</param>
    /// <returns>The capacities; empty when nothing can start.</returns>
    public IReadOnlyList<ActionCapacity> FindCapacity(IEnumerable<ActionEntry> actions, out int free, out bool limited)
    {
        var capacities = new List<ActionCapacity>();
        lock (_lock)
        {
            var slots = Math.Max(0, Size - _busy);
            var ahead = 0;
            limited = false;
            foreach (var action in actions)
            {
                var own = _actions.GetValueOrDefault(action.Name);
                var ownAhead = own?.FindAhead(action.Concurrency) ?? 0;
                var room = Math.Max(0, Math.Min(slots, action.Concurrency - (own?.Busy ?? 0))) + ownAhead;
                if (action.IsServable && room > 0)
                {
                    capacities.Add(new ActionCapacity(action.Name, room));
                    ahead = Math.Max(ahead, ownAhead);
                }

                limited |= action.IsServable && room <= 0;
            }

            free = slots + Math.Max(0, Math.Min(ahead, Prefetch.Max - _waiting));
        }

        return free == 0 ? [] : capacities;
    }

    /// <summary>
    /// Gives an attempt a slot and begins it, or has it wait for one: <see cref="OpenAttempt.Beginning"/> tells. It may wait
    /// in vain, until something stops it.
    /// </summary>
    public void Enter(OpenAttempt attempt)
    {
        lock (_lock)
        {
            var action = Find(attempt.Task.Action);
            if (_busy < Size && action.Waiting == 0 && action.Busy < attempt.Action.Concurrency && attempt.TryBegin())
            {
                _busy++;
                action.Busy++;
            }
            else
            {
                _waiting++;
                action.Enqueue(_nextTicket++, attempt);
            }
        }
    }

    /// <summary>Frees a slot that was held for <paramref name="held"/>, and begins who waits for it.</summary>
    public void Release(string action, TimeSpan held)
    {
        lock (_lock)
        {
            var own = Find(action);
            if (own.Busy == 0)
            {
                throw new InvalidOperationException($"A slot of '{action}' was freed twice.");
            }

            _busy--;
            own.Busy--;
            own.OnHeld(held);
            BeginWaitingNeedsLock();
        }

        Freed?.Invoke();
    }

    /// <summary>Takes note that an attempt of this action waited for a slot in vain.</summary>
    public void OnStuck(string action)
    {
        lock (_lock)
        {
            Find(action).OnStuck();
            BeginWaitingNeedsLock();
        }
    }

    private ActionSlots Find(string action)
    {
        if (!_actions.TryGetValue(action, out var slots))
        {
            _actions.Add(action, slots = new ActionSlots());
        }

        return slots;
    }

    /// <summary>Begins those that wait longest while there is room, and drops those that were stopped while they waited.</summary>
    private void BeginWaitingNeedsLock()
    {
        while (_waiting > 0 && _busy < Size && FindOldestNeedsLock() is { } action)
        {
            _waiting--;
            if (action.Dequeue().TryBegin())
            {
                _busy++;
                action.Busy++;
            }
        }
    }

    private ActionSlots? FindOldestNeedsLock()
    {
        ActionSlots? oldest = null;
        foreach (var action in _actions.Values)
        {
            if (action.HasRoomForOldest && (oldest is null || action.OldestTicket < oldest.OldestTicket))
            {
                oldest = action;
            }
        }

        return oldest;
    }
}
