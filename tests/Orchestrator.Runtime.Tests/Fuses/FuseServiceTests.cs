using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Maintenance;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Fuses;

public sealed class FuseServiceTests
{
    [Fact]
    public async Task Round_NobodySubmits_CountsPendingTasksNowAndThen()
    {
        using var meter = new OrchestratorMeter();
        var time = new ManualTimeProvider();
        var hub = new SignalHub(new FakeTransport(false), time);
        var store = new FakeFuseStore();
        var watch = new FuseWatch(store, hub, new FuseInstruments(meter));
        using var service = new FuseService(
            store, watch, hub, new FixedRandom(), time, new MaintenanceInstruments(meter), NullLogger<FuseService>.Instance);

        await service.RunRoundAsync(CancellationToken.None);
        await service.RunRoundAsync(CancellationToken.None);
        Assert.Equal(1, store.Counted);

        time.Advance(FuseService.CountEvery * 1.2);
        await service.RunRoundAsync(CancellationToken.None);
        Assert.Equal(2, store.Counted);
    }
}
