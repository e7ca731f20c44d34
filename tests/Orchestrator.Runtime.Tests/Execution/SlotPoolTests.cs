using Orchestrator.Core.Retries;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Tests.Execution;

public sealed class SlotPoolTests
{
    private readonly SlotPool _pool = new(Parts.Options(new SiloOptions { Slots = 3 }));

    [Fact]
    public void FindCapacity_Empty_OffersEachActionItsOwnBound()
    {
        var capacity = _pool.FindCapacity([Entry("a", 2), Entry("b", 3)], out var free, out var limited);

        Assert.Equal([new ActionCapacity("a", 2), new ActionCapacity("b", 3)], capacity);
        Assert.Equal(3, free);
        Assert.False(limited);
    }

    [Fact]
    public void FindCapacity_ActionAtItsBound_IsLeftOutAndReportedAsLimited()
    {
        _pool.Take("a");
        _pool.Take("a");

        var capacity = _pool.FindCapacity([Entry("a", 2), Entry("b", 3)], out var free, out var limited);

        Assert.Equal([new ActionCapacity("b", 1)], capacity);
        Assert.Equal(1, free);
        Assert.True(limited);
    }

    [Fact]
    public void FindCapacity_UnavailableAction_IsNeitherOfferedNorALimit()
    {
        var broken = Entry("a", 2) with { Descriptor = new ActionDescriptor("a", FakeExecutor.Obedient()) { UnavailableReason = "no interpreter" } };

        Assert.Empty(_pool.FindCapacity([broken], out _, out var limited));
        Assert.False(limited);
    }

    [Fact]
    public void Release_Twice_IsADefect()
    {
        _pool.Take("a");
        _pool.Release("a");

        Assert.Throws<InvalidOperationException>(() => _pool.Release("a"));
        Assert.Equal(0, _pool.Busy);
    }

    [Fact]
    public void TakeAndRelease_FromManyThreads_LeaveNothingBehind()
    {
        var freed = 0;
        _pool.Freed += () => Interlocked.Increment(ref freed);

        Parallel.For(0, 10_000, i =>
        {
            var action = i % 2 == 0 ? "a" : "b";
            _pool.Take(action);
            _pool.Release(action);
        });

        Assert.Equal(10_000, freed);
        Assert.Equal(0, _pool.Busy);
        Assert.Equal(3, _pool.FindCapacity([Entry("a", 3)], out _, out _)[0].Free);
    }

    private static ActionEntry Entry(string name, int concurrency) =>
        new(new ActionDescriptor(name, FakeExecutor.Obedient()), concurrency, new RetryPolicy(RetryPolicy.DefaultBaseDelay, RetryPolicy.DefaultMaxDelay));
}
