namespace Orchestrator.Cli.Benchmarks;

/// <summary>Of sorted times, in milliseconds with one decimal. Null when there are none.</summary>
internal sealed class Percentiles(IEnumerable<TimeSpan> times)
{
    private readonly List<double> _sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public double? Median => _sorted.Count == 0 ? null : Rounded((_sorted[(_sorted.Count - 1) / 2] + _sorted[_sorted.Count / 2]) / 2);

    public double? Mean => _sorted.Count == 0 ? null : Rounded(_sorted.Average());

    public double? Min => _sorted.Count == 0 ? null : Rounded(_sorted[0]);

    public double? Max => _sorted.Count == 0 ? null : Rounded(_sorted[^1]);

    /// <summary>The least of them that so many percent do not exceed.</summary>
    public double? Of(double percent) => _sorted.Count == 0 ? null : Rounded(_sorted[Math.Max(0, (int)Math.Ceiling(_sorted.Count * percent / 100) - 1)]);

    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 1, MidpointRounding.AwayFromZero);
}
