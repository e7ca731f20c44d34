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
    private int _firstOffered;

    /// <summary>Raised after a slot was freed.</summary>
    public event Action? Freed;

    public int Size { get; } = options.Value.Slots;

    public int Busy => Volatile.Read(ref _busy);

    /// <summary>What may be leased now.</summary>
    /// <param name="whole">Whether to offer every action all that it has room for, and so nothing beyond the free slots.</param>
    public SlotOffer FindOffer(IEnumerable<ActionEntry> actions, bool whole)
    {
        lock (_lock)
        {
            var servable = actions.Where(static action => action.IsServable).ToList();
            var slots = Math.Max(0, Size - _busy);
            var aheads = servable.ConvertAll(action => FindAheadNeedsLock(action, slots));
            return aheads.TrueForAll(static ahead => ahead == 0) || (whole && slots > 0)
                ? OfferSlotsNeedsLock(servable, slots)
                : OfferAheadNeedsLock(servable, aheads, slots);
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
                Find(action).OnStuck();
            }

            BeginWaitingNeedsLock();
        }
    }

    private SlotOffer OfferSlotsNeedsLock(List<ActionEntry> actions, int slots)
    {
        var capacities = new List<ActionCapacity>(actions.Count);
        foreach (var action in actions)
        {
            if (RoomNeedsLock(action, slots) is var room and > 0)
            {
                capacities.Add(new ActionCapacity(action.Name, room));
            }
        }

        return new SlotOffer(capacities, slots) { IsLimited = capacities.Count < actions.Count };
    }

    /// <summary>
    /// More than the free slots of fast actions, but of the slow ones together no more than those, or some would wait for
    /// long. Which slow ones go without changes from time to time.
    /// </summary>
    private SlotOffer OfferAheadNeedsLock(List<ActionEntry> actions, List<int> aheads, int slots)
    {
        var rooms = actions.ConvertAll(action => RoomNeedsLock(action, slots));
        var slow = Enumerable.Range(0, actions.Count).Count(i => aheads[i] == 0 && rooms[i] > 0);
        var part = slow == 0 ? 0 : Math.Max(1, slots / slow);
        var left = slots;
        var isPartial = false;
        var capacities = new List<ActionCapacity>(actions.Count);
        _firstOffered = (_firstOffered + 1) % actions.Count;
        for (var n = 0; n < actions.Count; n++)
        {
            var i = (_firstOffered + n) % actions.Count;
            var room = rooms[i] + aheads[i];
            if (aheads[i] == 0)
            {
                room = Math.Min(rooms[i], Math.Min(part, left));
                left -= room;
                isPartial |= room < rooms[i];
            }

            if (room > 0)
            {
                capacities.Add(new ActionCapacity(actions[i].Name, room));
            }
        }

        var ahead = Math.Min(aheads.Max(), Prefetch.Max - _waiting);
        return new SlotOffer(capacities, slots + ahead)
        {
            Ahead = ahead,
            IsPartial = isPartial,
            IsLimited = capacities.Count < actions.Count,
        };
    }

    /// <summary>How many of an action may be leased ahead; none while half of all that may wait does.</summary>
    private int FindAheadNeedsLock(ActionEntry action, int slots) =>
        2 * _waiting > Prefetch.Max ? 0 : _actions.GetValueOrDefault(action.Name)?.FindAhead(action.Concurrency, slots) ?? 0;

    private int RoomNeedsLock(ActionEntry action, int slots) =>
        Math.Max(0, Math.Min(slots, action.Concurrency - (_actions.GetValueOrDefault(action.Name)?.Busy ?? 0)));

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
