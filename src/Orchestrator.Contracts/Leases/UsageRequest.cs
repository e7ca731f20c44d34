namespace Orchestrator.Contracts.Leases;

/// <summary>What an attempt consumed; what is left out counts as 0.</summary>
public sealed record UsageRequest
{
    public long? InputTokens { get; init; }
    public long? OutputTokens { get; init; }
    public long? CachedTokens { get; init; }
    public long? ReasoningTokens { get; init; }

    /// <summary>In the currency of the price table.</summary>
    public decimal? Cost { get; init; }
}
