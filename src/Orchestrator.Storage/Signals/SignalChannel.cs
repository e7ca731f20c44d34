namespace Orchestrator.Storage.Signals;

/// <summary>What processes tell one another apart from each other, so that only who cares has to listen.</summary>
public enum SignalChannel
{
    /// <summary>What wakes those who work and wait.</summary>
    Hints,

    /// <summary>Which tasks and runs have news, for people who look on.</summary>
    Feed,
}
