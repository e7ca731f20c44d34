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

    [Fact]
    public void Follow_FirstAttempt_IsThePace() => Assert.Equal(TimeSpan.FromSeconds(3), Prefetch.Follow(null, TimeSpan.FromSeconds(3)));

    [Fact]
    public void Follow_AttemptsThatGetSlow_EndPrefetchingWithinAFew()
    {
        TimeSpan? pace = TimeSpan.FromMilliseconds(1);
        pace = Prefetch.Follow(pace, TimeSpan.FromSeconds(1));

        Assert.Equal(0, Prefetch.Of(64, pace));
    }

    [Fact]
    public void Follow_AttemptsThatGetFast_BeginPrefetchingWithinThirty()
    {
        TimeSpan? pace = TimeSpan.FromMilliseconds(500);
        for (var i = 0; i < 30; i++)
        {
            pace = Prefetch.Follow(pace, TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(Prefetch.Of(64, pace), 1, Prefetch.Max);
    }
}
