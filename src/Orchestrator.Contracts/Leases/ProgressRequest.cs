namespace Orchestrator.Contracts.Leases;

/// <summary>How far an attempt has come.</summary>
public sealed record ProgressRequest
{
    /// <summary>From 0 to 1.</summary>
    public required double Fraction { get; init; }

    /// <summary>What is being done.</summary>
    public string? Message { get; init; }
}
