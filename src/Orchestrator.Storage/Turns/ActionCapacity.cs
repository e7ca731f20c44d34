using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Turns;

/// <summary>How many attempts of an action a silo could start now.</summary>
/// <param name="Pace">Which of the turn's bounds they count against: long ones against both, short ones against one, fast ones against none.</param>
public readonly record struct ActionCapacity(string Action, int Free, AttemptPace Pace = AttemptPace.Brief)
{
    /// <summary>What an attempt costs at most, in the currency of the usage; null when that is not known.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The provider that its attempts use, and whose circuit they pass; null for none.</summary>
    public string? Provider { get; init; }
}
