namespace Orchestrator.Contracts.Workspaces;

/// <summary>Tokens by kind and cost of one day, by UTC.</summary>
public sealed record DayUsageResponse(DateOnly Day, long InputTokens, long OutputTokens, long CachedTokens, long ReasoningTokens, decimal Cost);
