using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Hosting;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Hosting;

public sealed class StoreGateTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task StartingAsync_StoreComesUpLater_WaitsForIt()
    {
        var store = new FakeGateStore(failures: 3);

        await RunAsync(store);

        Assert.Equal(4, store.Migrations);
    }

    [Fact]
    public async Task StartingAsync_StoreNeverComes_FailsAfterItsPatience()
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RunAsync(new FakeGateStore(int.MaxValue)));

        Assert.InRange(_time.GetUtcNow() - ManualTimeProvider.DefaultStart, StoreGate.Patience, StoreGate.Patience * 2);
    }

    private async Task RunAsync(IStore store)
    {
        var starting = new StoreGate(store, new FixedRandom(), _time, NullLogger<StoreGate>.Instance).StartingAsync(CancellationToken.None);
        while (!starting.IsCompleted)
        {
            await Wait.UntilAsync(() => starting.IsCompleted || _time.PendingTimers > 0);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        await starting;
    }
}
