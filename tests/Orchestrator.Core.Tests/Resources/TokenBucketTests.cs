using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Core.Resources;

namespace Orchestrator.Core.Tests.Resources;

public sealed class TokenBucketTests
{
    private const long Second = 1_000_000;

    /// <summary>Capacity and refill of a bucket, and amounts with the microseconds that pass before each is asked for.</summary>
    private static readonly Arbitrary<(int Capacity, int Refill, (int Amount, int Wait)[] Asks)> Histories = Arb.From(
        from capacity in Gen.Choose(1, 1_000)
        from refill in Gen.Choose(1, 2_000_000_000)
        from asks in (from amount in Gen.Choose(1, capacity) from wait in Gen.Choose(0, 5_000_000) select (amount, wait)).ListOf()
        select (capacity, refill, asks.ToArray()));

    [Fact]
    public void Take_AnyHistory_NeverGrantsMoreThanTheCapacityAndWhatCameIn() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Histories, history =>
        {
            var grants = Grant(history.Capacity, history.Refill, history.Asks);
            for (var i = 0; i < grants.Count; i++)
            {
                Int128 granted = 0;
                for (var j = i; j < grants.Count; j++)
                {
                    granted += grants[j].Amount;
                    var came = (Int128)history.Refill * (grants[j].At - grants[i].At);
                    Assert.True(granted * Second <= ((Int128)history.Capacity * TokenBucket.Token * Second) + came, $"{granted} between {grants[i].At} and {grants[j].At}");
                }
            }
        }));

    [Fact]
    public void WhenHolds_AnyBucket_IsTheFirstMicrosecondAtWhichItDoes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Histories, history =>
        {
            var bucket = New(history.Capacity, history.Refill);
            var now = 0L;
            foreach (var (amount, wait) in history.Asks)
            {
                now += wait;
                var at = bucket.WhenHolds(amount * TokenBucket.Token, now);
                Assert.True(bucket.Available(at) >= amount * TokenBucket.Token);
                Assert.True(at == now || bucket.Available(at - 1) < amount * TokenBucket.Token);
                now = at;
                bucket = bucket.Take(amount * TokenBucket.Token, now);
            }
        }));

    [Theory]
    [InlineData(100, 20_000_000, 1)]
    [InlineData(100, 3, 1)]
    [InlineData(7, 333_333, 3)]
    [InlineData(1, 1_000_000, 1)]
    [InlineData(50, 1_666_666, 7)]
    public void Take_AsSoonAsItCan_GivesExactlyTheRateForEver(int capacity, int refill, int amount)
    {
        var bucket = New(capacity, refill);
        var now = 0L;
        var grants = new List<long>();
        for (var i = 0; i < 20_000; i++)
        {
            now = bucket.WhenHolds(amount * TokenBucket.Token, now);
            bucket = bucket.Take(amount * TokenBucket.Token, now);
            grants.Add(now);
        }

        // Once under way no grant comes a microsecond later than the rate allows, nor earlier.
        var (from, to) = (5_000, 19_999);
        var exact = (Int128)(to - from) * amount * TokenBucket.Token * Second / refill;
        Assert.InRange(grants[to] - grants[from], (long)exact - 1, (long)exact + 1);
    }

    [Fact]
    public void Take_ABucketThatWasFull_GivesAllAtOnceAndRefillsAMomentLater()
    {
        var bucket = New(100, 20 * TokenBucket.Token);
        for (var i = 0; i < 100; i++)
        {
            bucket = bucket.Take(TokenBucket.Token, 0);
        }

        // A tenth of the 99 tokens that the first one left: 9.9 tokens, so 495 ms; then a token in 50 ms.
        Assert.Equal(0, bucket.Available(495_000));
        Assert.Equal(545_000, bucket.WhenHolds(TokenBucket.Token, 0));
    }

    [Fact]
    public void Take_ABucketOfOneToken_IsNotSlowedDown()
    {
        var bucket = New(1, TokenBucket.Token).Take(TokenBucket.Token, 0);

        Assert.Equal(Second, bucket.WhenHolds(TokenBucket.Token, 0));
    }

    [Fact]
    public void Close_UntilAMoment_IsEmptyThenAndRefillsFromThere()
    {
        var bucket = New(100, 20 * TokenBucket.Token).Close(3 * Second, Second);

        Assert.Equal(0, bucket.Available(3 * Second));
        Assert.Equal((3 * Second) + 50_000, bucket.WhenHolds(TokenBucket.Token, Second));
    }

    [Fact]
    public void Close_WhileItIsClosedForLonger_ChangesNothing()
    {
        var closed = New(100, 20 * TokenBucket.Token).Close(9 * Second, 0);

        Assert.Equal(closed, closed.Close(3 * Second, Second));
    }

    [Fact]
    public void Change_OfTheBounds_KeepsWhatItHoldsAsFarAsItFits()
    {
        var bucket = New(10, TokenBucket.Token).Take(4 * TokenBucket.Token, 0);

        Assert.Equal(6 * TokenBucket.Token, bucket.Change(100 * TokenBucket.Token, TokenBucket.Token, 0).Available(0));
        Assert.Equal(3 * TokenBucket.Token, bucket.Change(3 * TokenBucket.Token, TokenBucket.Token, 0).Available(0));
        Assert.Equal(0, bucket.Close(Second, 0).Change(100 * TokenBucket.Token, TokenBucket.Token, 1).Available(Second));
    }

    [Fact]
    public void Available_ClockThatGoesBack_WinsNothing()
    {
        var bucket = TokenBucket.Full(2 * TokenBucket.Token, TokenBucket.Token, 10 * Second).Take(2 * TokenBucket.Token, 10 * Second);

        Assert.Equal(0, bucket.Available(0));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 500_000)]
    [InlineData(2, 2, 1_000_000)]
    public void WhenHoldsBeside_AFullBucketOfTwo_CountsWhatComesInOnceTheKeptPartIsTaken(int kept, int amount, long expected) =>
        Assert.Equal(expected, New(2, 2 * TokenBucket.Token).WhenHoldsBeside(kept * TokenBucket.Token, amount * TokenBucket.Token, 0));

    [Fact]
    public void WhenHoldsBeside_MoreThanTheCapacity_IsNever() =>
        Assert.Equal(long.MaxValue, New(1, 1).WhenHoldsBeside(0, 2 * TokenBucket.Token, 0));

    [Fact]
    public void WhenHolds_MoreThanTheCapacity_IsNever() => Assert.Equal(long.MaxValue, New(1, 1).WhenHolds(2 * TokenBucket.Token, 0));

    private static TokenBucket New(int capacity, long refill) => TokenBucket.Full(capacity * TokenBucket.Token, refill, 0);

    private static List<(long At, long Amount)> Grant(int capacity, int refill, (int Amount, int Wait)[] asks)
    {
        var bucket = New(capacity, refill);
        var now = 0L;
        var grants = new List<(long At, long Amount)>();
        foreach (var (amount, wait) in asks)
        {
            now += wait;
            if (bucket.Available(now) >= amount * TokenBucket.Token)
            {
                bucket = bucket.Take(amount * TokenBucket.Token, now);
                grants.Add((now, amount * TokenBucket.Token));
            }
        }

        return grants;
    }
}
