using Orchestrator.Core.Scheduling;

namespace Orchestrator.Core.Tests.Scheduling;

public sealed class PrefetchTests
{
    [Theory]
    [InlineData(64, null, 0)]
    [InlineData(64, 0.0, Prefetch.Max)]
    [InlineData(64, 0.01, Prefetch.Max)]
    [InlineData(64, 10.0, 320)]
    [InlineData(64, 25.0, 128)]
    [InlineData(1, 45.0, 1)]
    [InlineData(64, 50.0, 0)]
    [InlineData(64, 60_000.0, 0)]
    [InlineData(10_000, 49.0, Prefetch.Max)]
    public void Of_PaceOfAnAction_IsWhatTheSlotsWorkOffWithinTheHorizon(int slots, double? paceMs, int expected) =>
        Assert.Equal(expected, Prefetch.Of(slots, paceMs is { } pace ? TimeSpan.FromMilliseconds(pace) : null));
}
