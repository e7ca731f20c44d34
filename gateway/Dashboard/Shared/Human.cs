using System.Globalization;

namespace Orchestrator.Gateway.Dashboard.Shared;

/// <summary>Figures as people read them.</summary>
internal static class Human
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Exact up to a million, then with three figures: <c>74.1M</c>.</summary>
    public static string Rounded(long value) => value switch
    {
        < 1_000_000 => Count(value),
        < 1_000_000_000 => Figures(value / 1e6, "M"),
        _ => Figures(value / 1e9, "B"),
    };

    /// <summary><c>1 task</c>, <c>2 tasks</c>.</summary>
    public static string Counted(long value, string noun) => Core.Naming.Counted.Of(value, noun);

    /// <summary>As a field of a form takes it, too.</summary>
    public static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Money(decimal value) => value.ToString(value is > 0 and < 1 ? "0.######" : "N2", CultureInfo.InvariantCulture);

    /// <summary>Two units at most: <c>2 h 5 min</c>, <c>1.3 s</c>, <c>85 ms</c>.</summary>
    public static string Duration(TimeSpan value) => value switch
    {
        { TotalMilliseconds: < 1000 } => Text($"{value.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 60 } => Text($"{value.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => Text($"{value.Minutes} min {value.Seconds} s"),
        { TotalHours: < 24 } => Text($"{value.Hours} h {value.Minutes} min"),
        _ => Text($"{value.Days} d {value.Hours} h"),
    };

    /// <summary>The same of seconds, without what is zero: <c>5 min</c>, <c>1 d 2 h</c>.</summary>
    public static string Seconds(double seconds)
    {
        var value = TimeSpan.FromSeconds(seconds);
        (int Amount, string Unit)[] units = [(value.Days, "d"), (value.Hours, "h"), (value.Minutes, "min"), (value.Seconds, "s"), (value.Milliseconds, "ms")];
        var parts = units.Where(unit => unit.Amount > 0).Take(2).Select(unit => Text($"{unit.Amount} {unit.Unit}")).ToList();
        return parts.Count == 0 ? "0 s" : string.Join(' ', parts);
    }

    /// <summary>The same in the largest unit of which they are a whole number: <c>1 hour</c>, <c>90 minutes</c>.</summary>
    public static string WholeSeconds(int seconds) => seconds switch
    {
        _ when seconds % 3_600 == 0 => Counted(seconds / 3_600, "hour"),
        _ when seconds % 60 == 0 => Counted(seconds / 60, "minute"),
        _ => Counted(seconds, "second"),
    };

    /// <summary>A span that ends now, after "the last".</summary>
    public static string Past(int seconds) => seconds == 3_600 ? "hour" : WholeSeconds(seconds);

    /// <summary>From one moment to another; a dash where one of them is not there.</summary>
    public static string Between(DateTimeOffset? from, DateTimeOffset? to) => to - from is { } span && span >= TimeSpan.Zero ? Duration(span) : "–";

    /// <summary>The end of an id, which tells it from others: its start is a time, and alike for all of a while.</summary>
    public static string End(Guid id) => $"…{id.ToString()[^8..]}";

    private static string Figures(double value, string unit) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture) + unit;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
