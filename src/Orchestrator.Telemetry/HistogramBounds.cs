using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>The bounds of the buckets, by what is measured; times are in seconds.</summary>
public static class HistogramBounds
{
    /// <summary>What the store or another service answers: half a millisecond to ten seconds.</summary>
    public static InstrumentAdvice<double> Calls { get; } = Of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

    /// <summary>What tasks, steps and models take, and how long they wait: a millisecond to an hour.</summary>
    public static InstrumentAdvice<double> Work { get; } = Of(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600);

    /// <summary>Runs, which may wait for people: ten milliseconds to a week.</summary>
    public static InstrumentAdvice<double> Runs { get; } = Of(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400, 604_800);

    /// <summary>How many things are done at once.</summary>
    public static InstrumentAdvice<long> Counts { get; } = new() { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] };

    private static InstrumentAdvice<double> Of(params double[] seconds) => new() { HistogramBucketBoundaries = seconds };
}
