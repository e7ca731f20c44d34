namespace Orchestrator.Storage.Schedules;

/// <summary>A time of a schedule that was fired.</summary>
/// <param name="TaskId">The task that it made; null when the submission was refused.</param>
/// <param name="Error">Why it was refused; null when it was not.</param>
public sealed record ScheduleFire(string Schedule, DateTimeOffset At, Guid? TaskId, string? Error);
