using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>What a silo can take up in a turn.</summary>
/// <param name="Actions">How many attempts of each action; empty when none.</param>
/// <param name="Slots">Bounds their sum.</param>
/// <param name="SlowSlots">Bounds the sum of those that are short or long.</param>
/// <param name="LongSlots">Bounds the sum of those that are long.</param>
public sealed record SlotOffer(IReadOnlyList<ActionCapacity> Actions, int Slots, int SlowSlots, int LongSlots)
{
    /// <summary>See <see cref="Core.Scheduling.Prefetch.Credit"/>.</summary>
    public int Credit { get; init; }

    /// <summary>How many of the slots are not free yet, but will be within milliseconds.</summary>
    public int Ahead { get; init; }

    /// <summary>Whether some action has no room, so that a freed slot is news.</summary>
    public bool IsLimited { get; init; }
}
