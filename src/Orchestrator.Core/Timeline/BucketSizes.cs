namespace Orchestrator.Core.Timeline;

/// <summary>The spans of time that figures are added up over, and which one a moment is in: they are counted from 1970 in UTC.</summary>
public static class BucketSizes
{
    public const string Minutes = "minutes";

    public static IReadOnlyList<string> Names { get; } = ["seconds", Minutes, "hours", "days"];

    /// <summary>How long a bucket of this name is; null when there is none.</summary>
    public static TimeSpan? Find(string name) => name switch
    {
        "seconds" => TimeSpan.FromSeconds(1),
        Minutes => TimeSpan.FromMinutes(1),
        "hours" => TimeSpan.FromHours(1),
        "days" => TimeSpan.FromDays(1),
        _ => null,
    };

    /// <summary>The start of the bucket that a moment is in.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset moment, TimeSpan size)
    {
        var ticks = moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return DateTimeOffset.UnixEpoch.AddTicks(ticks - (((ticks % size.Ticks) + size.Ticks) % size.Ticks));
    }
}
