namespace Orchestrator.Storage.Tasks;

/// <summary>One entry of a task's history.</summary>
/// <param name="Seq">Its place in the history of the task, from 1 without gaps.</param>
/// <param name="Type">Without prefix: <c>submitted</c>, <c>queued</c>, <c>processing</c>, …</param>
/// <param name="Data">A JSON object, or null.</param>
public sealed record TaskEvent(int Seq, string Type, DateTimeOffset At, int Attempt, string? Data);
