using Orchestrator.Core.Priorities;

namespace Orchestrator.Storage.Priorities;

/// <summary>A score for a task as it was read.</summary>
/// <param name="Task">It holds only while the task has this hint and its workspace this goal.</param>
/// <param name="Source">One of <see cref="ScoreSource"/>.</param>
public sealed record ScoreUpdate(ScorableTask Task, int Score, string Source, ScoreReason Reason);
