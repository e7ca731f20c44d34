namespace Orchestrator.Benchmarks.Figures;

/// <summary>All samples of one figure, by contender, in the order of the rounds; what broke has none.</summary>
internal sealed record Measured(Figure Figure, IReadOnlyDictionary<string, IReadOnlyList<Sample>> Samples, IReadOnlyList<Failure> Failures)
{
    /// <summary>The middle of a contender's values; null when none of its rounds has the metric.</summary>
    public double? Median(string contender, string metric)
    {
        var values = Values(contender, metric);
        return values.Count == 0
            ? null
            : values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    /// <summary>A contender's values of a metric, smallest first.</summary>
    public IReadOnlyList<double> Values(string contender, string metric) =>
        Samples.TryGetValue(contender, out var samples)
            ? [.. samples.Where(sample => sample.ContainsKey(metric)).Select(sample => sample[metric]).Order()]
            : [];

    /// <summary>A contender's metrics, as its samples have them.</summary>
    public IEnumerable<string> Metrics(string contender) =>
        Samples.TryGetValue(contender, out var samples) ? samples.SelectMany(sample => sample.Keys).Distinct() : [];

    /// <summary>The value that a goal is about; null when it was not measured.</summary>
    public double? ValueOf(Goal goal) =>
        goal.RelativeTo is null
            ? Median(goal.Contender, goal.Metric)
            : Median(goal.RelativeTo, goal.RelativeMetric ?? goal.Metric) is { } other and not 0
                ? Median(goal.Contender, goal.Metric) / other
                : null;
}
