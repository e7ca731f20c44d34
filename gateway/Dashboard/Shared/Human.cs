using System.Globalization;

namespace Orchestrator.Gateway.Dashboard.Shared;

/// <summary>Figures as people read them.</summary>
internal static class Human
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

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

    /// <summary>From one moment to another; a dash where one of them is not there.</summary>
    public static string Between(DateTimeOffset? from, DateTimeOffset? to) => to - from is { } span && span >= TimeSpan.Zero ? Duration(span) : "–";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
