namespace Orchestrator.Contracts.Schedules;

/// <summary>A schedule to create, with either <c>cron</c> or <c>intervalMs</c>.</summary>
public sealed record CreateScheduleRequest
{
    /// <summary>Of the form <c>[a-z0-9][a-z0-9._-]{0,62}</c>; no other schedule has it.</summary>
    public required string Id { get; init; }

    /// <summary>Where the tasks go; <c>default</c> if none is named.</summary>
    public string? Workspace { get; init; }

    /// <summary>Five fields as in Unix: minute, hour, day of month, month, day of week (0 or 7 is Sunday); or <c>@daily</c> and the like.</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone of <c>cron</c>, by its IANA name; <c>UTC</c> by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary>From 1,000 (a second) to 31,536,000,000 (a year), counted from the creation.</summary>
    public long? IntervalMs { get; init; }

    /// <summary>What becomes of times that passed more than a minute ago while nobody could fire them: <c>skip</c> (the default) or <c>once</c>, one task for all of them.</summary>
    public string? MissedFires { get; init; }

    /// <summary>True for a schedule that waits to be resumed; false by default.</summary>
    public bool? Paused { get; init; }

    public required ScheduleTask Task { get; init; }
}
