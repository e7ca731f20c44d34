using Orchestrator.Cli.Benchmarks;

namespace Orchestrator.Cli.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void Percentiles_OfOneToTwelve_AreThoseOfTheNearestRank()
    {
        var percentiles = new Percentiles(Enumerable.Range(1, 12).Reverse().Select(number => TimeSpan.FromMilliseconds(number)));

        Assert.Equal((6.5, 6.5, 12, 12, 1, 6), (percentiles.Median, percentiles.Mean, percentiles.Of(95), percentiles.Max, percentiles.Min, percentiles.Of(50)));
    }

    [Fact]
    public void Percentiles_OfAHundred_LeaveTheWorstOut()
    {
        var percentiles = new Percentiles(Enumerable.Range(1, 100).Select(number => TimeSpan.FromMilliseconds(number)));

        Assert.Equal((50.5, 95, 99), (percentiles.Median, percentiles.Of(95), percentiles.Of(99)));
    }

    [Fact]
    public void Percentiles_OfNothing_AreNone()
    {
        var percentiles = new Percentiles([]);

        Assert.Equal((null, null, null), (percentiles.Median, percentiles.Of(95), percentiles.Mean));
    }
}
