using Orchestrator.Core.Scheduling;

namespace Orchestrator.Core.Tests.Scheduling;

public sealed class PacesTests
{
    [Theory]
    [InlineData(null, AttemptPace.LongRunning)]
    [InlineData(0, AttemptPace.Fast)]
    [InlineData(49, AttemptPace.Fast)]
    [InlineData(50, AttemptPace.Brief)]
    [InlineData(999, AttemptPace.Brief)]
    [InlineData(1_000, AttemptPace.LongRunning)]
    public void Of_TimeOfAnAttempt_IsItsPace(int? milliseconds, AttemptPace expected) =>
        Assert.Equal(expected, Paces.Of(milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(16, 2)]
    [InlineData(64, 8)]
    [InlineData(500, 62)]
    public void ReservedOf_Slots_IsAnEighthAndLeavesLongAttemptsSome(int slots, int expected) => Assert.Equal(expected, Paces.ReservedOf(slots));

    [Fact]
    public void Follow_FirstAttempt_IsThePace() => Assert.Equal(TimeSpan.FromSeconds(3), Paces.Follow(null, TimeSpan.FromSeconds(3)));

    [Fact]
    public void Follow_AttemptsThatGetSlow_EndPrefetchingWithinAFew()
    {
        TimeSpan? pace = TimeSpan.FromMilliseconds(1);
        pace = Paces.Follow(pace, TimeSpan.FromSeconds(1));

        Assert.Equal(0, Prefetch.Of(64, pace));
    }

    [Fact]
    public void Follow_AttemptsThatGetFast_BeginPrefetchingWithinThirty()
    {
        TimeSpan? pace = TimeSpan.FromMilliseconds(500);
        for (var i = 0; i < 30; i++)
        {
            pace = Paces.Follow(pace, TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(Prefetch.Of(64, pace), 1, Prefetch.Max);
    }
}
