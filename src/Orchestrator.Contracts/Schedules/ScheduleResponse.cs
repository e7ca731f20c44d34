namespace Orchestrator.Contracts.Schedules;

/// <summary>A schedule: when it is due, what it submits then, and how it went last.</summary>
public sealed record ScheduleResponse
{
    public required string Id { get; init; }
    public required string Workspace { get; init; }

    /// <summary>Null for an interval.</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone of <c>cron</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Null for a cron expression.</summary>
    public long? IntervalMs { get; init; }

    /// <summary><c>skip</c> or <c>once</c>.</summary>
    public required string MissedFires { get; init; }

    public required bool Paused { get; init; }

    public required ScheduleTask Task { get; init; }

    /// <summary>When it is due next; null while it is paused.</summary>
    public DateTimeOffset? NextFireAt { get; init; }

    /// <summary>The time that was fired last, as the schedule has it.</summary>
    public DateTimeOffset? LastFireAt { get; init; }

    /// <summary>The task that came of it last.</summary>
    public Guid? LastTaskId { get; init; }

    /// <summary>Why the last time made no task; null when it made one.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
