namespace Orchestrator.Benchmarks.Figures;

/// <summary>What a contender's median of a metric should be, as a number or as a multiple of another median in the same run.</summary>
internal sealed record Goal
{
    private Goal(string contender, string metric, bool isFloor, double bound)
    {
        Contender = contender;
        Metric = metric;
        IsFloor = isFloor;
        Bound = bound;
    }

    public string Contender { get; }

    public string Metric { get; }

    /// <summary>True when the value should be at least <see cref="Bound"/>, false when at most.</summary>
    public bool IsFloor { get; }

    public double Bound { get; }

    /// <summary>Whose median the value is divided by; null when the bound is a number of its own.</summary>
    public string? RelativeTo { get; init; }

    /// <summary>Which of the other's metrics; null for the same one.</summary>
    public string? RelativeMetric { get; init; }

    public static Goal AtLeast(string contender, string metric, double bound) => new(contender, metric, isFloor: true, bound);

    public static Goal AtMost(string contender, string metric, double bound) => new(contender, metric, isFloor: false, bound);

    public bool IsMetBy(double value) => IsFloor ? value >= Bound : value <= Bound;
}
