using Orchestrator.TestKit;

namespace Orchestrator.Storage.Tests.Kit;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void GetUtcNow_WithoutAdvance_StandsStill()
    {
        Assert.Equal(ManualTimeProvider.DefaultStart, _time.GetUtcNow());
        Assert.Equal(_time.GetTimestamp(), _time.GetTimestamp());
    }

    [Fact]
    public void Advance_PastSeveralTimers_FiresEachAtItsMomentInOrder()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = CreateTimer("late", 20);
        using var early = CreateTimer("early", 10);
        using var never = CreateTimer("never", 40);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([("early", TimeSpan.FromSeconds(10)), ("late", TimeSpan.FromSeconds(20))], fired);
        Assert.Equal(1, _time.PendingTimers);

        ITimer CreateTimer(string name, int seconds) =>
            _time.CreateTimer(_ => fired.Add((name, _time.GetUtcNow() - ManualTimeProvider.DefaultStart)), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresOnceAPeriodUntilItIsDisposed()
    {
        var fired = 0;
        using (_time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)))
        {
            _time.Advance(TimeSpan.FromSeconds(3.5));
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, fired);
    }

    [Fact]
    public async Task Delay_OnThisClock_EndsWithTheAdvance()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
