namespace Orchestrator.Runtime.Schedules;

/// <summary>Time zones by their IANA names, as this machine's time zone database has them.</summary>
public static class TimeZones
{
    public const string Utc = "UTC";

    /// <summary>The zone, or null when it is not known here.</summary>
    public static TimeZoneInfo? Find(string id)
    {
        if (id == Utc)
        {
            return TimeZoneInfo.Utc;
        }

        return IsName(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
    }

    /// <summary>
    /// Area and place, such as <c>Europe/Rome</c>. What else lies in a time zone database (this machine's own zone, copies
    /// with leap seconds) differs from machine to machine.
    /// </summary>
    private static bool IsName(string id)
    {
        var parts = id.Split('/');
        return parts.Length is 2 or 3
            && char.IsAsciiLetterUpper(id[0])
            && parts.All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+'));
    }
}
