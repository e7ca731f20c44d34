namespace Orchestrator.Storage.Turns;

/// <summary>How many attempts of an action a silo could start now.</summary>
public readonly record struct ActionCapacity(string Action, int Free);
