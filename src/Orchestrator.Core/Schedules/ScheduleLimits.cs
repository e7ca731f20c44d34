namespace Orchestrator.Core.Schedules;

/// <summary>Bounds of what a caller may ask of a schedule.</summary>
public static class ScheduleLimits
{
    public const int MaxCronLength = 200;
    public const int MaxTimeZoneLength = 64;
    public const long MinIntervalMs = 1_000;

    /// <summary>A year.</summary>
    public const long MaxIntervalMs = 365L * 24 * 60 * 60 * 1000;

    /// <summary>A time that is found later than this has been missed; until then it is fired as if nothing had been.</summary>
    public static readonly TimeSpan MissedAfter = TimeSpan.FromMinutes(1);
}
