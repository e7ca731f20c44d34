using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Schedules;

/// <summary>A time to fire, and the task that it makes.</summary>
public sealed record PlannedFire(DateTimeOffset At, NewTask Task);
