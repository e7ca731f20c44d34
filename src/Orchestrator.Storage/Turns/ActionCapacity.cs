namespace Orchestrator.Storage.Turns;

/// <summary>How many attempts of an action a silo could start now.</summary>
public readonly record struct ActionCapacity(string Action, int Free)
{
    /// <summary>Whether its attempts are so fast that they count for nothing against <see cref="TurnRequest.SlowSlots"/>.</summary>
    public bool IsFast { get; init; }
}
