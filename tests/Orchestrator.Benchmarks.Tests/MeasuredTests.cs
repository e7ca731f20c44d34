using Orchestrator.Benchmarks.Figures;
using Orchestrator.Benchmarks.Reports;

namespace Orchestrator.Benchmarks.Tests;

public sealed class MeasuredTests
{
    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2.0)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    [InlineData(new double[0], null)]
    public void Median_OfRounds_IsTheMiddle(double[] values, double? expected) =>
        Assert.Equal(expected, Measure(("a", values)).Median("a", "tasks/s"));

    [Theory]
    [InlineData(8, 10, 0.8, "NOT MET")]
    [InlineData(9, 10, 0.9, "met")]
    [InlineData(9, 0, null, "not measured")]
    public void Goal_RelativeToAnother_IsHeldAgainstTheRatioOfMedians(double ours, double theirs, double? ratio, string verdict)
    {
        var goal = Goal.AtLeast("ours", "tasks/s", 0.9) with { RelativeTo = "theirs" };

        var result = Assert.Single(BenchmarkReport.GoalsOf(Measure([goal], ("ours", [ours]), ("theirs", [theirs]))));

        Assert.Equal(ratio, result.Value);
        Assert.Equal(verdict, result.Verdict);
    }

    [Fact]
    public async Task Measure_BrokenContender_LosesItsSampleAndNothingElse()
    {
        var figure = new Figure(
            "figure",
            "method",
            [
                new Contender("broken", () => throw new InvalidOperationException("It broke.")),
                new Contender("endless", () => Task.FromResult(new Sample { ["tasks/s"] = 1 / 0.0 })),
                new Contender("sound", () => Task.FromResult(new Sample { ["tasks/s"] = 5 })),
            ],
            []);

        var measured = await new BenchmarkRun(rounds: 2, TextWriter.Null).MeasureAsync(figure, CancellationToken.None);

        Assert.Equal(["broken", "endless", "broken", "endless"], measured.Failures.Select(failure => failure.Contender));
        Assert.Equal([5, 5], measured.Values("sound", "tasks/s"));
    }

    [Fact]
    public void Choice_ByContender_LeavesOutGoalsThatNeedOthers()
    {
        var figure = Measure([Goal.AtLeast("ours", "tasks/s", 1) with { RelativeTo = "theirs" }, Goal.AtLeast("ours", "tasks/s", 5)], ("ours", [1]), ("theirs", [1])).Figure;

        var chosen = Assert.Single(FigureChoice.Of([figure], [], ["OUR"]));

        Assert.Equal("ours", Assert.Single(chosen.Contenders).Name);
        Assert.Null(Assert.Single(chosen.Goals).RelativeTo);
    }

    private static Measured Measure(params (string Contender, double[] Values)[] values) => Measure([], values);

    private static Measured Measure(IReadOnlyList<Goal> goals, params (string Contender, double[] Values)[] values) => new(
        new Figure("figure", "method", [.. values.Select(value => new Contender(value.Contender, () => Task.FromResult(new Sample())))], goals),
        values.ToDictionary(value => value.Contender, value => (IReadOnlyList<Sample>)[.. value.Values.Select(one => new Sample { ["tasks/s"] = one })]),
        []);
}
