using Orchestrator.Core.Fuses;

namespace Orchestrator.Core.Tests.Fuses;

public sealed class PendingRulesTests
{
    [Theory]
    [InlineData(800, 1, 100)]
    [InlineData(800, 300, 300)]
    [InlineData(7, 1, 1)]
    [InlineData(2, 5, 2)]
    [InlineData(-3, 5, 0)]
    public void ShareOf_WhatIsLeft_CoversWhatIsWantedAndNoMoreThanThereIs(long left, long wanted, long share) =>
        Assert.Equal(share, PendingRules.ShareOf(left, wanted));

    [Fact]
    public void ShareOf_AMillion_IsUsedUpByNotManyMoreThanNinetyShares()
    {
        var (left, shares) = (1_000_000L, 0);
        for (; left > 0; shares++)
        {
            left -= PendingRules.ShareOf(left, 1);
        }

        Assert.InRange(shares, 80, 110);
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void MayClose_OfAHundred_EndsAtNinety(long live, bool mayClose) => Assert.Equal(mayClose, PendingRules.MayClose(live, 100));
}
