namespace Orchestrator.Core.Tasks;

/// <summary>What an attempt consumed: tokens by kind, and cost in the currency of the price table.</summary>
public sealed record TaskUsage(
    long InputTokens = 0,
    long OutputTokens = 0,
    long CachedTokens = 0,
    long ReasoningTokens = 0,
    decimal Cost = 0);
