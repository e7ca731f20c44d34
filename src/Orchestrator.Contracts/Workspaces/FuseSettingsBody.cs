namespace Orchestrator.Contracts.Workspaces;

/// <summary>The fuses of a workspace as they are set. In a request null, for a fuse or one of its members, means the default, and what a change leaves out stays.</summary>
public sealed record FuseSettingsBody
{
    /// <summary>How deep tasks may create tasks, from 0 to 100; 5 by default. This fuse refuses and never trips.</summary>
    public int? DelegationDepth { get; init; }

    public AntiLoopBody? AntiLoop { get; init; }

    public PendingCapBody? PendingCap { get; init; }

    public CircuitBreakerBody? CircuitBreaker { get; init; }
}
