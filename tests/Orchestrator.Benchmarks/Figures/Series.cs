using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>Metrics that are one point of a course over time. They stand in the JSON and in no table.</summary>
internal static partial class Series
{
    public static string At(string metric, TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{metric} at {time.TotalSeconds:0} s");

    public static bool IsPoint(string metric) => Point().IsMatch(metric);

    [GeneratedRegex(@" at \d+ s$")]
    private static partial Regex Point();
}
