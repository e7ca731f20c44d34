namespace Orchestrator.Core.Fuses;

/// <summary>A safety stop of a workspace.</summary>
public enum Fuse
{
    /// <summary>Bounds how deep tasks may create tasks.</summary>
    DelegationDepth,

    /// <summary>Pauses a workspace that executes too many delegated tasks within a window.</summary>
    AntiLoop,

    /// <summary>Bounds how many tasks may wait or run.</summary>
    PendingCap,

    /// <summary>Bounds what its attempts may cost.</summary>
    Budget,

    /// <summary>Keeps attempts from a provider that is ill.</summary>
    CircuitBreaker,
}
