namespace Orchestrator.Contracts.Workspaces;

/// <summary>When a provider that fails is left alone.</summary>
public sealed record CircuitBreakerBody
{
    /// <summary>After how many failures, from 1 to 10,000; 5 by default.</summary>
    public int? Failures { get; init; }

    /// <summary>Within how long, from 1 to 86,400; 300 by default.</summary>
    public int? WindowSeconds { get; init; }
}
