namespace Orchestrator.Contracts.Schedules;

/// <summary>
/// Changes to a schedule; what is left out stays. <c>cron</c> replaces an interval and <c>intervalMs</c> a cron expression.
/// With another timing, and when it is resumed, it is due at its first time from now on.
/// </summary>
public sealed record PatchScheduleRequest
{
    public string? Cron { get; init; }

    /// <summary>By its IANA name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>From 1,000 to 31,536,000,000, counted from now.</summary>
    public long? IntervalMs { get; init; }

    /// <summary><c>skip</c> or <c>once</c>.</summary>
    public string? MissedFires { get; init; }

    public bool? Paused { get; init; }

    /// <summary>Replaces the whole task.</summary>
    public ScheduleTask? Task { get; init; }
}
