using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>What a run has found so far.</summary>
internal sealed record BenchmarkReport(DateTimeOffset StartedAt, int Rounds, string Scale, Machine Machine)
{
    public PostgresDescription? Postgres { get; set; }

    public List<Measured> Figures { get; } = [];

    public bool IsBroken => Figures.Any(figure => figure.Failures.Count > 0);

    public bool MeetsEveryGoal => Figures.SelectMany(GoalsOf).All(goal => goal.IsMet);

    public static IReadOnlyList<GoalResult> GoalsOf(Measured measured) =>
        [.. measured.Figure.Goals.Select(goal => new GoalResult(goal, measured.ValueOf(goal)))];

    /// <summary>A line for every metric of every contender, but for the points of a course over time.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> RowsOf(Measured measured) =>
    [
        .. from contender in measured.Figure.Contenders
           from metric in measured.Metrics(contender.Name)
           where !Series.IsPoint(metric)
           let values = measured.Values(contender.Name, metric)
           select (string[])
           [
               contender.Name,
               metric,
               Format.Of(measured.Median(contender.Name, metric)!.Value),
               values.Count > 1 ? $"{Format.Of(values[0])}–{Format.Of(values[^1])}" : "",
           ],
    ];
}
