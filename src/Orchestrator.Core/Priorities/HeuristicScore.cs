namespace Orchestrator.Core.Priorities;

/// <summary>A score that needs no model, with what it is made of.</summary>
public sealed record HeuristicScore(int Score, IReadOnlyList<ScoreReason> Reasons);
