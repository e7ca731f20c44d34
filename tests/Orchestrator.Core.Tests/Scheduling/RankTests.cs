using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Scheduling;

namespace Orchestrator.Core.Tests.Scheduling;

public sealed class RankTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000);

    [Fact]
    public void Of_TenSecondsOlder_IsOnePointAhead() =>
        Assert.Equal(1, Rank.Of(Now, 300) - Rank.Of(Now.AddSeconds(-10), 300), 6);

    [Fact]
    public void Of_HigherScore_GoesFirst() => Assert.True(Rank.Of(Now, PriorityHint.High) < Rank.Of(Now, PriorityHint.Low));

    [Fact]
    public void Of_LowPriorityThatBlocksTen_GoesBeforeHigh() =>
        Assert.True(Rank.Of(Now, PriorityHint.Low, blockedTasks: 10) < Rank.Of(Now, PriorityHint.High));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 60)]
    [InlineData(16, 960)]
    [InlineData(17, 1000)]
    [InlineData(int.MaxValue, 1000)]
    public void BlockedBoost_OfATaskCount_IsSixtyEachUpToAThousand(int blocked, int boost) => Assert.Equal(boost, Rank.BlockedBoost(blocked));

    [Fact]
    public void Of_TwoTasks_KeepTheirOrderForEver()
    {
        var tasks = from age in Gen.Choose(0, 100_000)
                    from score in Gen.Choose(PriorityHint.MinScore, PriorityHint.MaxScore)
                    from blocked in Gen.Choose(0, 50)
                    select Rank.Of(Now.AddSeconds(-age), score, blocked);

        // Nothing starves: a task 20,000 s older than another goes first whatever the other's score and boost.
        Prop.ForAll(tasks.ToArbitrary(), rank => Rank.Of(Now.AddSeconds(-100_000 - 20_000), PriorityHint.MinScore) <= rank)
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("low", 100)]
    [InlineData("medium", 300)]
    [InlineData("high", 600)]
    [InlineData("High", null)]
    [InlineData("urgent", null)]
    public void Score_OfAHint_IsAsDocumented(string name, int? score) => Assert.Equal(score, PriorityHint.Score(name));
}
