using System.Globalization;

namespace Orchestrator.Benchmarks;

internal static class Format
{
    /// <summary>A number with three digits that count, and thousands apart.</summary>
    public static string Of(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 or 0 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>A number as a setting has it.</summary>
    public static string Setting(int value) => value.ToString(CultureInfo.InvariantCulture);
}
