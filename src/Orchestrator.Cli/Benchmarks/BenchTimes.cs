namespace Orchestrator.Cli.Benchmarks;

/// <summary>How times are spread; null when there are none.</summary>
internal sealed record BenchTimes(double? Median, double? P95, double? P99, double? Max)
{
    public static BenchTimes Of(IEnumerable<TimeSpan?> times)
    {
        var sorted = new Percentiles(times.OfType<TimeSpan>());
        return new BenchTimes(sorted.Median, sorted.Of(95), sorted.Of(99), sorted.Max);
    }
}
