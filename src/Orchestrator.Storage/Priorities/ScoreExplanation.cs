using Orchestrator.Core.Priorities;

namespace Orchestrator.Storage.Priorities;

/// <summary>A task's score and what it is made of.</summary>
/// <param name="Source">One of <see cref="ScoreSource"/>.</param>
public sealed record ScoreExplanation(int Score, string Source, IReadOnlyList<ScoreReason> Reasons);
