using System.Globalization;

namespace Orchestrator.Core.Schedules;

/// <summary>One of the five fields: its range, and the names that may stand for numbers.</summary>
internal sealed record CronFieldKind(string Name, int Min, int Max, params IReadOnlyList<string> Names)
{
    public static readonly CronFieldKind Minute = new("minute", 0, 59);
    public static readonly CronFieldKind Hour = new("hour", 0, 23);
    public static readonly CronFieldKind DayOfMonth = new("day of month", 1, 31);

    public static readonly CronFieldKind Month =
        new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /// <summary>Sunday is 0 and also 7.</summary>
    public static readonly CronFieldKind DayOfWeek = new("day of week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    public static IReadOnlyList<CronFieldKind> InOrder { get; } = [Minute, Hour, DayOfMonth, Month, DayOfWeek];

    /// <summary>What a number or a name stands for; null when it is neither, or out of range.</summary>
    public int? ValueOf(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number >= Min && number <= Max ? number : null;
        }

        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return Min + i;
            }
        }

        return null;
    }

    public string Describe() => Names.Count == 0 ? $"from {Min} to {Max}" : $"from {Min} to {Max}, or {Names[0]} to {Names[^1]}";
}
