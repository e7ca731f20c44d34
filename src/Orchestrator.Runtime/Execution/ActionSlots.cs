using Orchestrator.Core.Scheduling;

namespace Orchestrator.Runtime.Execution;

/// <summary>One action's part of the slots: who runs, who waits, and how long an attempt takes. Its owner's lock guards it.</summary>
internal sealed class ActionSlots
{
    private readonly Queue<(long Ticket, OpenAttempt Attempt)> _waiting = new();
    private TimeSpan? _pace;

    public int Busy { get; set; }

    public int Waiting => _waiting.Count;

    /// <summary>How many run or wait.</summary>
    public int Open => Busy + Waiting;

    public AttemptPace Pace => Paces.Of(_pace);

    /// <summary>Lower for who waits longer; null when nobody does.</summary>
    public long? OldestTicket => _waiting.TryPeek(out var first) ? first.Ticket : null;

    /// <summary>Whether the attempt that waits longest may run beside those that do.</summary>
    public bool HasRoomForOldest => _waiting.TryPeek(out var first) && Busy < first.Attempt.Action.Concurrency;

    public void Enqueue(long ticket, OpenAttempt attempt) => _waiting.Enqueue((ticket, attempt));

    public OpenAttempt Dequeue() => _waiting.Dequeue().Attempt;

    public void OnHeld(TimeSpan held) => _pace = Paces.Follow(_pace, held);

    /// <summary>Somebody waited in vain: until attempts have shown to be fast again, nothing is leased ahead.</summary>
    public void OnStuck() => _pace = _pace is { } known && known < 2 * Prefetch.Horizon ? 2 * Prefetch.Horizon : _pace;

    /// <summary>How many may be leased ahead in all.</summary>
    public int FindPortion(int slots) => Prefetch.Of(slots, _pace);

    /// <summary>How many more may be leased ahead: a whole portion, once half of it has been used up.</summary>
    /// <param name="concurrency">How many may run.</param>
    /// <param name="freeSlots">How many could begin now.</param>
    public int FindAhead(int concurrency, int freeSlots)
    {
        var portion = FindPortion(Math.Min(concurrency, freeSlots + Busy));
        return 2 * Waiting <= portion ? portion - Waiting : 0;
    }
}
