using System.Globalization;

namespace Orchestrator.Cli.Output;

/// <summary>Values as tables show them.</summary>
internal static class Texts
{
    public static string? Of(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Of(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string? Of(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);

    public static string? Of(decimal? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Of(bool flag) => flag ? "yes" : "no";

    public static string Of(IEnumerable<string> texts) => string.Join(", ", texts);

    /// <summary><c>1 task</c>, <c>2,000 tasks</c>.</summary>
    public static string Counted(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A length of time in the unit that suits it.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} d"),
    };
}
