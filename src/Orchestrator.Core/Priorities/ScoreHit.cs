namespace Orchestrator.Core.Priorities;

/// <summary>A score that another task has had.</summary>
/// <param name="Similarity">1 for an equal fingerprint, else the cosine of the embeddings.</param>
/// <param name="CanonicalForm">Of the task that was scored.</param>
public sealed record ScoreHit(int Score, DateTimeOffset ScoredAt, double Similarity, string CanonicalForm);
