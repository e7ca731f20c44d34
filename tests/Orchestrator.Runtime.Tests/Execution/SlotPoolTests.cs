using Orchestrator.Core.Retries;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Execution;

public sealed class SlotPoolTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly OpenAttemptFactory _factory;
    private readonly SlotPool _pool = new(Parts.Options(new SiloOptions { Slots = 3, ReservedSlots = 0 }));

    public SlotPoolTests() => _factory = new OpenAttemptFactory(Parts.Options(new LeaseOptions()), _time);

    [Fact]
    public void FindOffer_Empty_OffersEachActionItsOwnBound()
    {
        var offer = _pool.FindOffer([Entry("a", 2), Entry("b", 3)]);

        Assert.Equal([new ActionCapacity("a", 2, AttemptPace.LongRunning), new ActionCapacity("b", 3, AttemptPace.LongRunning)], offer.Actions);
        Assert.Equal(3, offer.Slots);
        Assert.False(offer.IsLimited);
    }

    [Fact]
    public void FindOffer_ActionAtItsBound_IsLeftOutAndReportedAsLimited()
    {
        Enter("a", 2);
        Enter("a", 2);

        var offer = _pool.FindOffer([Entry("a", 2), Entry("b", 3)]);

        Assert.Equal([new ActionCapacity("b", 1, AttemptPace.LongRunning)], offer.Actions);
        Assert.Equal(1, offer.Slots);
        Assert.True(offer.IsLimited);
    }

    [Fact]
    public void FindOffer_UnavailableAction_IsNeitherOfferedNorALimit()
    {
        var broken = Entry("a", 2) with { Descriptor = new ActionDescriptor("a", FakeExecutor.Obedient()) { UnavailableReason = "no interpreter" } };

        var offer = _pool.FindOffer([broken]);

        Assert.Empty(offer.Actions);
        Assert.False(offer.IsLimited);
    }

    [Fact]
    public void FindOffer_FastAction_IsOfferedAPortionAheadUntilHalfOfItWaits()
    {
        MakeFast("a");

        var offer = _pool.FindOffer([Entry("a", 3)]);
        Assert.Equal([new ActionCapacity("a", 3 + 150, AttemptPace.Fast)], offer.Actions);
        Assert.Equal(3 + 150, offer.Slots);
        Assert.Equal(150, offer.Ahead);

        Enter("a", 3, times: 3 + 76);
        Assert.Empty(_pool.FindOffer([Entry("a", 3)]).Actions);

        _pool.Release("a", TimeSpan.FromMilliseconds(1));
        Assert.Equal([new ActionCapacity("a", 75, AttemptPace.Fast)], _pool.FindOffer([Entry("a", 3)]).Actions);
    }

    [Fact]
    public void FindOffer_FastActionOfAProvider_IsNotLeasedAhead()
    {
        MakeFast("a");

        var offer = _pool.FindOffer([Entry("a", 3) with { Provider = "openai" }]);

        Assert.Equal((0, 3), (offer.Ahead, Assert.Single(offer.Actions).Free));
        Assert.Equal("openai", offer.Actions[0].Provider);
    }

    [Fact]
    public void FindOffer_FastActionBesideSlowOnes_OffersTheSlowTogetherNoMoreThanTheFreeSlots()
    {
        MakeFast("fast");
        Enter("slow", 3, times: 2);

        var offer = _pool.FindOffer([Entry("fast", 3), Entry("slow", 3), Entry("other", 3)]);

        Assert.Equal([new ActionCapacity("fast", 1 + 50, AttemptPace.Fast), new("slow", 1, AttemptPace.LongRunning), new("other", 1, AttemptPace.LongRunning)], offer.Actions);
        Assert.Equal(1 + 50, offer.Slots);
        Assert.Equal(1, offer.SlowSlots);
    }

    [Fact]
    public void FindOffer_FastAttemptsInAllSlots_OffersOthersTheSlotsThatWillBeFreeSoon()
    {
        ActionEntry[] actions = [Entry("fast", 3), Entry("slow", 2), Entry("other", 3)];
        MakeFast("fast");
        Enter("fast", 3, times: 3 + 40);

        var offer = _pool.FindOffer(actions);
        Assert.Equal([new ActionCapacity("fast", 150 - 40, AttemptPace.Fast), new("slow", 2, AttemptPace.LongRunning), new("other", 3, AttemptPace.LongRunning)], offer.Actions);
        Assert.Equal(3, offer.SlowSlots);

        // Who waits for such a slot takes it off what the next are offered.
        Enter("slow", 2, times: 2);
        offer = _pool.FindOffer(actions);
        Assert.Equal([new ActionCapacity("fast", 150 - 40, AttemptPace.Fast), new("other", 1, AttemptPace.LongRunning)], offer.Actions);
        Assert.Equal(1, offer.SlowSlots);
        Assert.True(offer.IsLimited);
    }

    [Fact]
    public void FindOffer_FastActionWithoutASlotToItself_IsOfferedNothingAhead()
    {
        MakeFast("fast");
        Enter("slow", 3, times: 3);

        Assert.Empty(_pool.FindOffer([Entry("fast", 3)]).Actions);
    }

    [Fact]
    public void FindOffer_AfterAnAttemptWaitedInVain_OffersNothingAhead()
    {
        MakeFast("a");
        _pool.Leave("a", inVain: true);

        Assert.Equal(3, _pool.FindOffer([Entry("a", 3)]).Slots);
    }

    [Fact]
    public void FindOffer_LongAttemptsInAllButTheReservedSlots_OffersTheseToShortActionsAndOneAttemptOfAnIdleOne()
    {
        var pool = new SlotPool(Parts.Options(new SiloOptions { Slots = 8, ReservedSlots = 3 }));
        foreach (var (action, held) in new[] { ("long", 1_000), ("short", 999) })
        {
            Enter(pool, action, 8);
            pool.Release(action, TimeSpan.FromMilliseconds(held));
        }

        ActionEntry[] actions = [Entry("long", 8), Entry("short", 8), Entry("new", 8), Entry("newer", 8), Entry("newest", 8)];
        var offer = pool.FindOffer(actions);
        Assert.Equal((8, 8, 5), (offer.Slots, offer.SlowSlots, offer.LongSlots));

        Enter(pool, "long", 8, times: 4);
        Assert.Equal(1, pool.FindOffer(actions).LongSlots);
        Enter(pool, "new", 8);
        Assert.Equal([new ActionCapacity("short", 3), new("newer", 1), new("newest", 1)], pool.FindOffer(actions).Actions);

        // One is left to actions that are known to be short.
        Enter(pool, "newer", 8);
        Enter(pool, "newest", 8);
        Assert.Equal([new ActionCapacity("short", 1)], pool.FindOffer(actions).Actions);

        pool.Release("newest", TimeSpan.FromMilliseconds(100));
        Assert.Equal([new ActionCapacity("short", 2), new("newest", 2)], pool.FindOffer(actions).Actions);
    }

    [Fact]
    public void FindOffer_ActionWhoseAttemptWasSlowForOnce_MayShowAnewWhatItIs()
    {
        var pool = new SlotPool(Parts.Options(new SiloOptions { Slots = 4, ReservedSlots = 2 }));
        Enter(pool, "slow.once", 4);
        pool.Release("slow.once", TimeSpan.FromSeconds(2));
        Enter(pool, "long", 4, times: 2);

        Assert.Equal([new ActionCapacity("slow.once", 1)], pool.FindOffer([Entry("long", 4), Entry("slow.once", 4)]).Actions);
    }

    [Fact]
    public void FindOffer_AfterAnAttemptWaitedInVainForAFastOnesSlot_TakesThatForSlow()
    {
        MakeFast("fast");
        Enter("fast", 3, times: 3);
        _pool.Leave("slow", inVain: true);

        Assert.Empty(_pool.FindOffer([Entry("fast", 3), Entry("slow", 3)]).Actions);
    }

    [Fact]
    public async Task Enter_WithoutAFreeSlot_BeginsInTurnWhenOneIsFreed()
    {
        var running = Enter("a", 1);
        var other = Enter("b", 3, times: 2);
        var second = Enter("a", 1);
        var third = Enter("b", 3);

        Assert.True(running.Beginning.IsCompletedSuccessfully && other.Beginning.IsCompletedSuccessfully);
        Assert.False(second.Beginning.IsCompleted || third.Beginning.IsCompleted);

        _pool.Release("b", TimeSpan.Zero);
        Assert.False(second.Beginning.IsCompleted);
        Assert.True(await third.Beginning);

        _pool.Release("a", TimeSpan.Zero);
        Assert.True(await second.Beginning);
        Assert.Equal(3, _pool.Busy);
    }

    [Fact]
    public async Task Release_WithAStoppedAttemptInFront_BeginsTheNext()
    {
        Enter("a", 3, times: 3);
        var stopped = Enter("a", 3);
        var next = Enter("a", 3);
        Assert.True(stopped.TryStop(StopReason.Revoked));

        _pool.Release("a", TimeSpan.Zero);

        Assert.False(await stopped.Beginning);
        Assert.True(await next.Beginning);
        Assert.Equal(3, _pool.Busy);
    }

    [Fact]
    public void Release_Twice_IsADefect()
    {
        Enter("a", 3);
        _pool.Release("a", TimeSpan.Zero);

        Assert.Throws<InvalidOperationException>(() => _pool.Release("a", TimeSpan.Zero));
        Assert.Equal(0, _pool.Busy);
    }

    [Fact]
    public async Task EnterAndRelease_FromManyThreads_KeepTheBoundAndLeaveNothingBehind()
    {
        var freed = 0;
        var most = 0;
        _pool.Freed += () => Interlocked.Increment(ref freed);

        await Parallel.ForAsync(0, 10_000, async (i, _) =>
        {
            var attempt = Enter(i % 2 == 0 ? "a" : "b", 2);
            Assert.True(await attempt.Beginning);
            InterlockedMax(ref most, _pool.Busy);
            _pool.Release(attempt.Task.Action, TimeSpan.Zero);
        });

        Assert.Equal(10_000, freed);
        Assert.Equal(0, _pool.Busy);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task TryBegin_AgainstAStopAtTheSameTime_TellsTheRunnerWhatItToldTheSlots()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var attempt = _factory.Open(Parts.Claim(), Entry("a", 3), _time.GetTimestamp());
            var begun = false;
            Parallel.Invoke(() => begun = attempt.TryBegin(), () => attempt.TryStop(StopReason.Draining));

            Assert.Equal(begun, await attempt.Beginning);
            Assert.Equal(StopReason.Draining, attempt.End());
        }
    }

    private void MakeFast(string action)
    {
        Enter(action, 3);
        _pool.Release(action, TimeSpan.FromMilliseconds(1));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var known = Volatile.Read(ref target); value > known;)
        {
            known = Interlocked.CompareExchange(ref target, value, known);
        }
    }

    /// <summary>Has attempts enter; answers the last.</summary>
    private OpenAttempt Enter(string action, int concurrency, int times = 1) => Enter(_pool, action, concurrency, times);

    private OpenAttempt Enter(SlotPool pool, string action, int concurrency, int times = 1)
    {
        OpenAttempt attempt;
        do
        {
            attempt = _factory.Open(Parts.Claim(action: action), Entry(action, concurrency), _time.GetTimestamp());
            pool.Enter(attempt);
        }
        while (--times > 0);
        return attempt;
    }

    private static ActionEntry Entry(string name, int concurrency) =>
        new(new ActionDescriptor(name, FakeExecutor.Obedient()), concurrency, new RetryPolicy(RetryPolicy.DefaultBaseDelay, RetryPolicy.DefaultMaxDelay));
}
