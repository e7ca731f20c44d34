using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Core.Schedules;

/// <summary>
/// A Unix cron expression: minute, hour, day of month, month, day of week. Where both days are restricted either of them is
/// enough, as Unix has it. Its times are a set of moments, whatever moment one looks from: a wall time that the clocks skip
/// is the moment at which they skip it; one that they show twice is the first of the two, and both where minute or hour has
/// a star.
/// </summary>
public sealed class CronExpression
{
    /// <summary>The 29th of February on one day of the week comes at most 40 years apart.</summary>
    private const int YearsAhead = 50;

    private static readonly Dictionary<string, string> Shorthands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _dayOfMonth;
    private readonly CronField _month;
    private readonly CronField _dayOfWeek;

    private CronExpression(CronField[] fields) =>
        (_minute, _hour, _dayOfMonth, _month, _dayOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4]);

    /// <param name="error">What is wrong and at which character, as the end of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? cron, [NotNullWhen(false)] out string? error)
    {
        cron = null;
        var kinds = CronFieldKind.InOrder;
        var parts = Split(Shorthands.GetValueOrDefault(text.Trim(), text));
        if (parts.Count != kinds.Count)
        {
            error = text.StartsWith('@')
                ? $"is no shorthand that is known; known are {string.Join(", ", Shorthands.Keys)}."
                : $"must have five fields (minute, hour, day of month, month, day of week), not {parts.Count}.";
            return false;
        }

        var fields = new CronField[kinds.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = CronField.Parse(kinds[i], parts[i].Text, parts[i].Place, out error);
            if (error is not null)
            {
                return false;
            }
        }

        var parsed = new CronExpression(fields);
        if (parsed.NextWall(new DateTime(2000, 1, 1)) is null)
        {
            error = "names no date that there is.";
            return false;
        }

        (cron, error) = (parsed, null);
        return true;
    }

    /// <summary>The first of its times in a time zone that is later than <paramref name="after"/>; null past the end of the calendar.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var here = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        here = here.AddTicks(-(here.Ticks % TimeSpan.TicksPerMinute));
        var next = NextWhere(here, DateTime.MaxValue, moments => moments.First > after ? moments.First : null, zone);

        // A second showing that comes before the next first showing lies in the hour which the clocks repeat just now.
        if ((_minute.HasStar || _hour.HasStar) && WallTime.Resolve(here, zone).Second is not null)
        {
            var second = NextWhere(here.AddDays(-1), here.AddDays(1), moments => moments.Second > after ? moments.Second : null, zone);
            return second < next || next is null ? second ?? next : next;
        }

        return next;
    }

    private DateTimeOffset? NextWhere(DateTime from, DateTime until, Func<WallTime, DateTimeOffset?> choose, TimeZoneInfo zone)
    {
        for (var wall = NextWall(from); wall < until; wall = NextWall(wall.Value.AddMinutes(1)))
        {
            if (choose(WallTime.Resolve(wall.Value, zone)) is { } chosen)
            {
                return chosen;
            }
        }

        return null;
    }

    /// <summary>The first wall time that fits and is not before <paramref name="from"/>.</summary>
    private DateTime? NextWall(DateTime from)
    {
        var lastYear = Math.Min(from.Year + YearsAhead, DateTime.MaxValue.Year - 1);
        var day = from.Date;
        while (day.Year <= lastYear)
        {
            if (!_month.Contains(day.Month))
            {
                day = new DateTime(day.Year, day.Month, 1).AddMonths(1);
            }
            else if (Fits(day) && NextTime(day == from.Date ? from.TimeOfDay : TimeSpan.Zero) is { } time)
            {
                return day + time;
            }
            else
            {
                day = day.AddDays(1);
            }
        }

        return null;
    }

    private bool Fits(DateTime day)
    {
        var byMonth = _dayOfMonth.Contains(day.Day);
        var byWeek = _dayOfWeek.Contains((int)day.DayOfWeek);
        return _dayOfMonth.HasStar || _dayOfWeek.HasStar ? byMonth && byWeek : byMonth || byWeek;
    }

    private TimeSpan? NextTime(TimeSpan from)
    {
        var hour = _hour.AtLeast(from.Hours);
        if (hour == from.Hours && _minute.AtLeast(from.Minutes) is { } minute)
        {
            return new TimeSpan(from.Hours, minute, 0);
        }

        hour = hour == from.Hours ? _hour.AtLeast(from.Hours + 1) : hour;
        return hour is { } later ? new TimeSpan(later, _minute.AtLeast(0)!.Value, 0) : null;
    }

    private static List<(string Text, int Place)> Split(string text)
    {
        var parts = new List<(string, int)>();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && text[at] is not (' ' or '\t'))
            {
                at++;
            }

            parts.Add((text[start..at], start + 1));
        }

        return parts;
    }
}
