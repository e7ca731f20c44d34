namespace Orchestrator.Storage.Priorities;

public interface IScoreStore
{
    /// <summary>Those of the tasks that have not ended and are not running, as they stand.</summary>
    Task<IReadOnlyList<ScorableTask>> ReadPendingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Gives tasks new scores, and with them new places in their workspaces; answers which. A task that runs, has ended, has got
    /// another hint, or whose workspace has got another goal, keeps what it has.
    /// </summary>
    Task<IReadOnlyList<Guid>> ApplyAsync(IReadOnlyList<ScoreUpdate> updates, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on with the oldest change of a goal that is not finished and that nobody else holds: scores at most
    /// <paramref name="limit"/> pending tasks by the heuristic, in one transaction with the note of how far it came. Null when
    /// there is none.
    /// </summary>
    Task<RescoreStep?> RescoreAsync(int limit, CancellationToken cancellationToken);

    /// <summary>What the score of a task is made of, live or ended; null when there is no such task.</summary>
    Task<ScoreExplanation?> ExplainAsync(Guid id, CancellationToken cancellationToken);
}
