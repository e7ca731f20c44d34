namespace Orchestrator.Core.Scheduling;

/// <summary>How long attempts of an action hold a slot as a rule.</summary>
public enum AttemptPace
{
    /// <summary>Less than <see cref="Paces.Fast"/>: some are leased ahead of free slots.</summary>
    Fast,

    /// <summary>Longer, but less than <see cref="Paces.LongRunning"/>.</summary>
    Brief,

    /// <summary>Longer, or not known yet: some slots are kept free of them.</summary>
    LongRunning,
}
