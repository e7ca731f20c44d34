namespace Orchestrator.Storage.Tasks;

/// <param name="Events">In order of <see cref="TaskEvent.Seq"/>.</param>
/// <param name="LastSeq">The newest entry of the whole history when it was read.</param>
/// <param name="Ended">Whether the task has ended, so that nothing follows <paramref name="LastSeq"/>.</param>
public sealed record TaskHistory(IReadOnlyList<TaskEvent> Events, int LastSeq, bool Ended);
