namespace Orchestrator.Runtime.Dispatching;

/// <summary>What follows a turn.</summary>
internal enum NextTurn
{
    /// <summary>Another at once: this one was cut short by its own bounds, or others are ready.</summary>
    AtOnce,

    /// <summary>Another soon: others are ready, but were out of reach just now.</summary>
    Soon,

    /// <summary>Another when something changes.</summary>
    OnSignal,

    /// <summary>Another after a growing pause: the store failed.</summary>
    AfterFailure,
}
