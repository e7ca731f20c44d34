using Orchestrator.Core.Tasks;
using Orchestrator.Core.Timeline;

namespace Orchestrator.Core.Tests.Timeline;

public sealed class TimelineFiguresTests
{
    [Fact]
    public void AddUsage_Nonsense_StopsAtTheBound()
    {
        var figures = new TimelineFigures();
        for (var i = 0; i < 200; i++)
        {
            figures.AddUsage(new TaskUsage(TaskUsage.MaxTokens, 1, Cost: TaskUsage.MaxCost));
        }

        var both = new TimelineFigures();
        both.Add(figures);
        both.Add(figures);

        Assert.Equal((TimelineFigures.MostUsed, 400), (both.InputTokens, both.OutputTokens));
        Assert.Equal(TimelineFigures.MostUsed, both.CostNanos);
    }

    [Theory]
    [InlineData("seconds", "2026-11-22T08:36:28Z")]
    [InlineData("minutes", "2026-11-22T08:36:00Z")]
    [InlineData("hours", "2026-11-22T08:00:00Z")]
    [InlineData("days", "2026-11-22T00:00:00Z")]
    public void StartOf_AMoment_IsTheWholeUnitBefore(string name, string expected)
    {
        var moment = DateTimeOffset.Parse("2026-11-22T10:36:28.7+02:00", null);

        Assert.Equal(DateTimeOffset.Parse(expected, null), BucketSizes.StartOf(moment, BucketSizes.Find(name)!.Value));
    }

    [Fact]
    public void Find_EveryName_HasALengthAndNoOther()
    {
        Assert.All(BucketSizes.Names, name => Assert.NotNull(BucketSizes.Find(name)));
        Assert.Null(BucketSizes.Find("weeks"));
    }
}
