namespace Orchestrator.Contracts.Tasks;

/// <summary>Tokens by kind, and cost in the currency of the price table.</summary>
public sealed record TaskUsageResponse(long InputTokens, long OutputTokens, long CachedTokens, long ReasoningTokens, decimal Cost);
