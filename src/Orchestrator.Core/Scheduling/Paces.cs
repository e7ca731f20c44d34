namespace Orchestrator.Core.Scheduling;

/// <summary>Follows how long attempts take, and tells short ones from long ones.</summary>
public static class Paces
{
    /// <summary>Below this a turn for each task would leave slots empty for as long as they work.</summary>
    public static readonly TimeSpan Fast = Prefetch.Horizon;

    /// <summary>From this on an attempt is long-running.</summary>
    public static readonly TimeSpan LongRunning = TimeSpan.FromSeconds(1);

    /// <param name="held">How long an attempt holds its slot as a rule; null when that is not known yet.</param>
    public static AttemptPace Of(TimeSpan? held) =>
        held < Fast ? AttemptPace.Fast
        : held < LongRunning ? AttemptPace.Brief
        : AttemptPace.LongRunning;

    /// <summary>What is known after one more attempt: an average in which the last eight or so count.</summary>
    public static TimeSpan Follow(TimeSpan? known, TimeSpan held) => known is { } average ? average + ((held - average) / 8) : held;

    /// <summary>How many of a silo's slots long-running attempts leave free unless something else is set: an eighth, two at least where there are four.</summary>
    public static int ReservedOf(int slots) => Math.Max(slots / 8, slots >= 4 ? 2 : slots / 2);
}
