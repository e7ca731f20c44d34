namespace Orchestrator.Contracts.Workspaces;

/// <summary>When tasks wait for a provider that fails.</summary>
public sealed record CircuitBreakerBody
{
    /// <summary>How many failures of a provider without a success between them open its circuit, from 1 to 1,000; 5 by default.</summary>
    public int? Failures { get; init; }

    /// <summary>Within how long they must have happened, from 1 to 86,400; 300 by default.</summary>
    public int? WindowSeconds { get; init; }

    /// <summary>How long nobody asks the provider before one attempt probes it, from 1 to 86,400; 30 by default. It doubles with every probe that fails, to ten times as long or 15 minutes, whichever is less.</summary>
    public int? OpenSeconds { get; init; }
}
