using System.Globalization;

namespace Orchestrator.Hosting.Configuration;

/// <summary>
/// Durations as people write them: <c>00:00:30</c>, <c>1.00:00:00</c>, or a number with <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or
/// <c>d</c>. A bare number is refused: the framework would take it for days.
/// </summary>
public static class Durations
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count * unit.TotalDays < TimeSpan.MaxValue.TotalDays)
            {
                duration = unit * count;
                return true;
            }
        }

        duration = default;
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
    }

    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        foreach (var (suffix, unit) in Units.Reverse())
        {
            if (duration.Ticks % unit.Ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit.Ticks}{suffix}");
            }
        }

        return duration.ToString("c", CultureInfo.InvariantCulture);
    }
}
