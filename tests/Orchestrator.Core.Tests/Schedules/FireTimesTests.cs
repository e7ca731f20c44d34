using Orchestrator.Core.Schedules;

namespace Orchestrator.Core.Tests.Schedules;

public sealed class FireTimesTests
{
    private static readonly DateTimeOffset Due = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Recurrence EverySecond = Recurrence.Of(TimeSpan.FromSeconds(1), Due.AddSeconds(-1));

    [Fact]
    public void Of_OnTime_FiresItAndGoesOn()
    {
        var times = FireTimes.Of(EverySecond, Due, Due, MissedFires.Skip);

        Assert.Equal([Due], times.Due);
        Assert.Equal(Due.AddSeconds(1), times.Next);
        Assert.False(times.Missed);
    }

    [Theory]
    [InlineData(MissedFires.Skip)]
    [InlineData(MissedFires.Once)]
    public void Of_LateByUpToAMinute_FiresEachTime(MissedFires policy)
    {
        var times = FireTimes.Of(EverySecond, Due, Due.AddMinutes(1), policy);

        Assert.Equal(Enumerable.Range(0, 61).Select(second => Due.AddSeconds(second)), times.Due);
        Assert.Equal(Due.AddSeconds(61), times.Next);
        Assert.False(times.Missed);
    }

    [Fact]
    public void Of_MissedAndSkip_GoesOnWithTheNextTimeToCome()
    {
        var times = FireTimes.Of(EverySecond, Due, Due.AddHours(1).AddMilliseconds(1), MissedFires.Skip);

        Assert.Empty(times.Due);
        Assert.Equal(Due.AddHours(1).AddSeconds(1), times.Next);
        Assert.True(times.Missed);
    }

    [Fact]
    public void Of_MissedAndOnce_FiresOneForAll()
    {
        var times = FireTimes.Of(EverySecond, Due, Due.AddHours(1), MissedFires.Once);

        Assert.Equal([Due], times.Due);
        Assert.Equal(Due.AddHours(1).AddSeconds(1), times.Next);
        Assert.True(times.Missed);
    }

    [Theory]
    [InlineData(-5, 60)]
    [InlineData(0, 60)]
    [InlineData(59, 60)]
    [InlineData(60, 120)]
    [InlineData(6_001, 6_060)]
    public void Interval_Next_KeepsToTheAnchorsGrid(int after, int expected)
    {
        var recurrence = Recurrence.Of(TimeSpan.FromMinutes(1), Due);

        Assert.Equal(Due.AddSeconds(expected), recurrence.Next(Due.AddSeconds(after)));
    }

    [Fact]
    public void Interval_PastTheCalendar_HasNoNext() =>
        Assert.Null(Recurrence.Of(TimeSpan.FromDays(365), DateTimeOffset.MaxValue.AddDays(-300)).Next(DateTimeOffset.MaxValue.AddDays(-200)));
}
