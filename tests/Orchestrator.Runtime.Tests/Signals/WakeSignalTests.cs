using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Signals;

public sealed class WakeSignalTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task WaitAsync_SignalsBefore_ReturnsOnceForAll()
    {
        var signal = new WakeSignal(_time);
        signal.Set();
        signal.Set();

        Assert.True(await signal.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None).Soon());
        Assert.False(await signal.WaitAsync(TimeSpan.Zero, CancellationToken.None).Soon());
    }

    [Fact]
    public async Task WaitAsync_SignalDuringTheWait_Returns()
    {
        var signal = new WakeSignal(_time);
        var waiting = signal.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        signal.Set();

        Assert.True(await waiting.Soon());
    }

    [Fact]
    public async Task WaitAsync_TimePasses_AnswersFalseAndKeepsTheNextSignal()
    {
        var signal = new WakeSignal(_time);
        var waiting = signal.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));

        // The waiter has timed out but may not have left yet; a signal now must not be lost with it.
        signal.Set();

        Assert.False(await waiting.Soon());
        Assert.True(await signal.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None).Soon());
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        var signal = new WakeSignal(_time);
        using var cancellation = new CancellationTokenSource();
        var waiting = signal.WaitAsync(Timeout.InfiniteTimeSpan, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
    }

    [Fact]
    public async Task Set_FromManyThreads_NeverLosesTheLast()
    {
        var signal = new WakeSignal(TimeProvider.System);
        var produced = 0;
        var seen = 0;
        var producer = Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                Volatile.Write(ref produced, i + 1);
                signal.Set();
            }
        });

        while (seen < 50_000)
        {
            Assert.True(await signal.WaitAsync(Wait.Limit, CancellationToken.None));
            seen = Volatile.Read(ref produced);
        }

        await producer.Soon();
    }
}
