namespace Orchestrator.Contracts.Workspaces;

/// <summary>The circuit of a provider in a workspace.</summary>
public sealed record CircuitResponse
{
    public required string Provider { get; init; }

    /// <summary><c>closed</c>, <c>open</c>, or, while one attempt probes the provider, <c>half_open</c>.</summary>
    public required string State { get; init; }

    /// <summary>Since when it is in this state; null while it has never been in another.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How many failures count.</summary>
    public required int Failures { get; init; }

    /// <summary>While it is open: from when on an attempt may probe the provider; in the past while no task has come that does.</summary>
    public DateTimeOffset? NextProbeAt { get; init; }
}
