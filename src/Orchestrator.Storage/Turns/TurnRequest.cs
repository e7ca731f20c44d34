namespace Orchestrator.Storage.Turns;

/// <summary>A silo's offer: at most <paramref name="Slots"/> attempts, of these actions, leased for this long.</summary>
public sealed record TurnRequest(Guid SiloId, int Slots, IReadOnlyList<ActionCapacity> Actions, TimeSpan LeaseDuration)
{
    /// <summary>Bounds the sum of those attempts whose action is short or long.</summary>
    public int SlowSlots { get; init; } = Slots;

    /// <summary>Bounds the sum of those attempts whose action is long.</summary>
    public int LongSlots { get; init; } = Slots;

    /// <summary>How many grants a workspace may be behind the virtual time of fair share; see <see cref="Core.Scheduling.FairShare.Join"/>.</summary>
    public int Credit { get; init; } = Slots;

    /// <summary>How many of the slots are not free yet, but will be within milliseconds.</summary>
    public int Ahead { get; init; }

    /// <summary>The workspaces that take part, by name; null for all.</summary>
    public IReadOnlyCollection<string>? Workspaces { get; init; }

    /// <summary>Whether the tasks go to remote workers: the time limit of each attempt then bounds its lease, and its token alone finds it.</summary>
    public bool IsRemote { get; init; }
}
