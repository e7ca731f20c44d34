using System.Globalization;

namespace Orchestrator.Cli.Inputs;

/// <summary>Lengths of time as people write them.</summary>
internal static class Durations
{
    private const double LongestSeconds = 366 * 86_400d;

    /// <summary>A number with its unit, such as <c>1.5h</c>; seconds without one. Null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        double? factor = unit switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => null,
        };
        return factor is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * factor.Value is > 0 and <= LongestSeconds and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }
}
