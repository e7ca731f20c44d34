namespace Orchestrator.Core.Fuses;

/// <summary>Whether attempts that use a provider may start.</summary>
public enum CircuitState
{
    /// <summary>All may.</summary>
    Closed,

    /// <summary>None may, until it is time for a probe.</summary>
    Open,

    /// <summary>A probe runs, and no other may start.</summary>
    HalfOpen,
}
