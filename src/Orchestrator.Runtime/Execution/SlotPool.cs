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

    /// <summary>How many slots long-running attempts leave free.</summary>
    public int Reserved { get; } = options.Value.ReservedSlots ?? Paces.ReservedOf(options.Value.Slots);

    public int Busy => Volatile.Read(ref _busy);

    /// <summary>What may be leased now.</summary>
    public SlotOffer FindOffer(IEnumerable<ActionEntry> actions)
    {
        lock (_lock)
        {
            var servable = actions.Where(static action => action.IsServable).ToList();
            var slots = Math.Max(0, Size - _busy);
            var aheads = servable.ConvertAll(action => FindAheadNeedsLock(action, slots));
            var ahead = aheads.Count == 0 ? 0 : aheads.Max();
            var slowSlots = ahead == 0 ? slots : Math.Max(slots, FindSlotsFreeSoonNeedsLock());
            var longRoom = FindLongRoomNeedsLock();
            var longSlots = Math.Clamp(longRoom, 0, slowSlots);

            // An action that runs nothing may try with one attempt in the reserved slots, or short work could never show that it is.
            // The last of them is kept for actions that have shown it, once there are such.
            var kept = Reserved > 1 && servable.Exists(HasShownToBeShortNeedsLock) ? 1 : 0;
            var trials = Reserved - kept + Math.Min(0, longRoom);
            var capacities = new List<ActionCapacity>(servable.Count);
            for (var i = 0; i < aheads.Count; i++)
            {
                var capacity = OfferNeedsLock(servable[i], aheads[i], slots, slowSlots, longSlots, ref trials);
                if (capacity.Free > 0)
                {
                    capacities.Add(capacity with { MaxCost = servable[i].MaxCost, Provider = servable[i].Provider });
                }
            }

            ahead = Math.Min(ahead, Prefetch.Max - _waiting);
            return new SlotOffer(capacities, slots + ahead, slowSlots, longSlots)
            {
                Ahead = ahead,
                Credit = Prefetch.Credit(Size, FindPortionNeedsLock(servable)),
                IsLimited = capacities.Count < servable.Count,
            };
        }
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

    /// <summary>Lets go of an attempt that was stopped while it waited; <paramref name="inVain"/> when no slot came free in time.</summary>
    public void Leave(string action, bool inVain)
    {
        lock (_lock)
        {
            if (inVain)
            {
                // Its own attempts are slower than they were, or those are whose slots it waited for.
                Find(action).OnStuck();
                foreach (var holder in _actions.Values.Where(static holder => holder.Busy > 0))
                {
                    holder.OnStuck();
                }
            }

            BeginWaitingNeedsLock();
        }
    }

    private ActionCapacity OfferNeedsLock(ActionEntry action, int ahead, int slots, int slowSlots, int longSlots, ref int trials)
    {
        var known = _actions.GetValueOrDefault(action.Name);
        if (ahead > 0)
        {
            return new ActionCapacity(action.Name, Math.Min(slots, action.Concurrency - known!.Busy) + ahead, AttemptPace.Fast);
        }

        var open = known?.Open ?? 0;
        var room = action.Concurrency - open;
        if (HasShownToBeShortNeedsLock(action))
        {
            return new ActionCapacity(action.Name, Math.Min(slowSlots, room), AttemptPace.Brief);
        }

        if (longSlots == 0 && trials > 0 && open == 0)
        {
            trials--;
            return new ActionCapacity(action.Name, Math.Min(slowSlots, 1), AttemptPace.Brief);
        }

        return new ActionCapacity(action.Name, Math.Min(longSlots, room), AttemptPace.LongRunning);
    }

    private bool HasShownToBeShortNeedsLock(ActionEntry action) => _actions.GetValueOrDefault(action.Name) is { Pace: not AttemptPace.LongRunning };

    private int FindPortionNeedsLock(List<ActionEntry> actions) => actions.Count == 0
        ? 0
        : actions.Max(action => _actions.GetValueOrDefault(action.Name)?.FindPortion(Math.Min(action.Concurrency, Size)) ?? 0);

    /// <summary>
    /// How many of an action may be leased ahead: none while half of all that may wait does, and none that use a provider, so that
    /// none is on its way to it once its circuit is open.
    /// </summary>
    private int FindAheadNeedsLock(ActionEntry action, int slots) => action.Provider is not null || 2 * _waiting > Prefetch.Max
        ? 0
        : _actions.GetValueOrDefault(action.Name)?.FindAhead(action.Concurrency, slots) ?? 0;

    /// <summary>
    /// The slots that no slow attempt holds or waits for: fast ones leave theirs within milliseconds. Without them a flood of
    /// fast attempts, of which each follows another in its slot, would keep all other actions out.
    /// </summary>
    private int FindSlotsFreeSoonNeedsLock()
    {
        var free = Size;
        foreach (var action in _actions.Values)
        {
            free -= action.Pace == AttemptPace.Fast ? 0 : action.Open;
        }

        return free;
    }

    /// <summary>
    /// How many more long-running attempts may begin beside the reserved slots; below zero by those that hold one of these,
    /// because their action ran nothing else or has become long.
    /// </summary>
    private int FindLongRoomNeedsLock()
    {
        var room = Size - Reserved;
        foreach (var action in _actions.Values)
        {
            room -= action.Pace == AttemptPace.LongRunning ? action.Open : 0;
        }

        return room;
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
