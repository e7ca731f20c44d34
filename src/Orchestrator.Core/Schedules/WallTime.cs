namespace Orchestrator.Core.Schedules;

/// <summary>The moments at which the clocks of a time zone show a wall time.</summary>
/// <param name="First">The moment, the first of two, or where the clocks skip the time the moment at which they do.</param>
/// <param name="Second">The second of two, where the clocks show the time twice.</param>
internal readonly record struct WallTime(DateTimeOffset First, DateTimeOffset? Second = null)
{
    /// <summary>
    /// Asks the zone only for offsets of moments, which are unambiguous, so that a change of a zone's standard time is
    /// treated like daylight saving.
    /// </summary>
    public static WallTime Resolve(DateTime wall, TimeZoneInfo zone)
    {
        var asUtc = new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), TimeSpan.Zero);
        var dayBefore = zone.GetUtcOffset(asUtc.AddDays(-1));
        var dayAfter = zone.GetUtcOffset(asUtc.AddDays(1));
        if (dayBefore == dayAfter)
        {
            return new WallTime(asUtc - dayBefore);
        }

        var (greater, smaller) = dayBefore > dayAfter ? (dayBefore, dayAfter) : (dayAfter, dayBefore);
        var (early, late) = (asUtc - greater, asUtc - smaller);
        return (zone.GetUtcOffset(early) == greater, zone.GetUtcOffset(late) == smaller) switch
        {
            (true, true) => new WallTime(early, late),
            (true, false) => new WallTime(early),
            (false, true) => new WallTime(late),
            (false, false) => new WallTime(FindChange(early, late, zone)),
        };
    }

    /// <summary>The moment, to the second, at which the zone's offset changes.</summary>
    private static DateTimeOffset FindChange(DateTimeOffset before, DateTimeOffset after, TimeZoneInfo zone)
    {
        var old = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before.AddSeconds(Math.Floor((after - before).TotalSeconds / 2));
            (before, after) = zone.GetUtcOffset(middle) == old ? (middle, after) : (before, middle);
        }

        return after;
    }
}
