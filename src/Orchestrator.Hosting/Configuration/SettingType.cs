using System.Collections;
using System.Globalization;

namespace Orchestrator.Hosting.Configuration;

/// <summary>The types that settings have: how each is read, called, and written in a message.</summary>
public sealed record SettingType(string Name, string Expectation, Func<string, object?> Parse)
{
    private static readonly SettingType Text = new("text", "text", text => text);

    private static readonly SettingType Flag = new("true or false", "true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    private static readonly SettingType Integer = new(
        "whole number",
        "a whole number",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    private static readonly SettingType Number = new(
        "number",
        "a number",
        text => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null);

    private static readonly SettingType Amounts = new("whole numbers by name", "whole numbers by name", static _ => null);

    private static readonly SettingType Measure = new(
        "number",
        "a number",
        text => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null);

    private static readonly SettingType Measures = new("numbers by name", "numbers by name", static _ => null);

    private static readonly SettingType Names = new("list of text", "names, separated by commas", static _ => null);

    private static readonly SettingType Sections = new("list of sections", "a list of sections, such as …:0:… and …:1:…", static _ => null);

    private static readonly SettingType Duration = new("duration", "a duration such as 00:00:30 or 30s", text => Durations.TryParse(text, out var duration) ? duration : null);

    /// <summary>The setting type of a property's type, nullable or not.</summary>
    public static SettingType Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? Text
            : plain == typeof(bool) ? Flag
            : plain == typeof(int) ? Integer
            : plain == typeof(decimal) ? Number
            : plain == typeof(TimeSpan) ? Duration
            : plain == typeof(Dictionary<string, int>) ? Amounts
            : plain == typeof(double) ? Measure
            : plain == typeof(Dictionary<string, double>) ? Measures
            : plain == typeof(List<string>) ? Names
            : ItemOf(plain) is not null ? Sections
            : throw new NotSupportedException($"A setting cannot be a {type.Name}.");
    }

    /// <summary>The type of the sections of which a setting is a list; null when it is none.</summary>
    public static Type? ItemOf(Type type) =>
        typeof(IList).IsAssignableFrom(type) && type.IsGenericType && type.GetGenericArguments()[0] is { IsClass: true } item && item != typeof(string) ? item : null;

    /// <summary>A value as one would write it.</summary>
    public static string Format(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan duration => Durations.Format(duration),
        Dictionary<string, int> amounts => string.Join(", ", amounts.Select(static amount => $"{amount.Key}={amount.Value}")),
        Dictionary<string, double> measures => string.Join(", ", measures.Select(static measure => string.Create(CultureInfo.InvariantCulture, $"{measure.Key}={measure.Value}"))),
        List<string> names => string.Join(", ", names),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
