using Orchestrator.Core.Timeline;

namespace Orchestrator.Core.Tests.Timeline;

public sealed class DurationHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void Quantile_ManyDurations_IsWithinItsError(double share)
    {
        var random = new Random(7);
        var seconds = Enumerable.Range(0, 5_000).Select(_ => 0.002 * Math.Pow(10, random.NextDouble() * 7)).Order().ToArray();
        var histogram = new DurationHistogram();
        Array.ForEach(seconds, one => histogram.Add(TimeSpan.FromSeconds(one)));

        var exact = seconds[(int)Math.Ceiling(share * seconds.Length) - 1];

        Assert.InRange(histogram.Quantile(share)!.Value / exact, 1 / 1.045, 1.045);
    }

    [Fact]
    public void Quantile_Nothing_IsNull() => Assert.Null(new DurationHistogram().Quantile(0.5));

    [Theory]
    [InlineData(-1, 0.001)]
    [InlineData(0, 0.001)]
    [InlineData(1e9, 131_072)]
    public void Quantile_BeyondTheBounds_IsTheBound(double seconds, double expected)
    {
        var histogram = new DurationHistogram();
        histogram.Add(TimeSpan.FromSeconds(seconds));

        Assert.InRange(histogram.Quantile(1)!.Value / expected, 0.95, 1.05);
    }

    [Fact]
    public void Add_WhatWasWrittenAndAnother_HoldsBoth()
    {
        var first = Of(0.01, 0.01, 4);
        var second = Of(70);
        var sum = new DurationHistogram();

        sum.Add(first.ToString());
        sum.Add(second);

        Assert.Equal(Of(0.01, 0.01, 4, 70).ToString(), sum.ToString());
        Assert.Equal(4, sum.Count);
        Assert.Equal("", new DurationHistogram().ToString());
    }

    [Fact]
    public void Add_FromManyThreads_LosesNothing()
    {
        var histogram = new DurationHistogram();

        Parallel.For(0, 10_000, number => histogram.Add(TimeSpan.FromMilliseconds(number % 100)));

        Assert.Equal(10_000, histogram.Count);
    }

    private static DurationHistogram Of(params double[] seconds)
    {
        var histogram = new DurationHistogram();
        Array.ForEach(seconds, one => histogram.Add(TimeSpan.FromSeconds(one)));
        return histogram;
    }
}
