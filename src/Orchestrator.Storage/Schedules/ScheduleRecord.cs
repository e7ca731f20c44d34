using Orchestrator.Core.Schedules;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Schedules;

/// <summary>A schedule: when it is due, what it submits then, and how it went last.</summary>
public sealed record ScheduleRecord
{
    public required string Id { get; init; }
    public required string Workspace { get; init; }

    /// <summary>A cron expression; null for an interval.</summary>
    public string? Cron { get; init; }

    /// <summary>The IANA time zone in which <see cref="Cron"/> is read.</summary>
    public string? TimeZone { get; init; }

    public long? IntervalMs { get; init; }

    /// <summary>Where intervals are counted from.</summary>
    public DateTimeOffset AnchorAt { get; init; }

    public MissedFires MissedFires { get; init; }
    public bool Paused { get; init; }

    /// <summary>What every fire submits, as a new task with an id of its own. In lists its input is left out.</summary>
    public required NewTask Task { get; init; }

    /// <summary>When it is due; null while it is paused.</summary>
    public DateTimeOffset? NextFireAt { get; init; }

    /// <summary>The time that was fired last, whether it made a task or was refused.</summary>
    public DateTimeOffset? LastFireAt { get; init; }

    public Guid? LastTaskId { get; init; }

    /// <summary>Why the last fire made no task; null when it made one.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}
