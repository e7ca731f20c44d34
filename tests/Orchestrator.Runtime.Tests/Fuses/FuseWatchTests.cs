using System.Diagnostics.Metrics;
using Orchestrator.Core.Fuses;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Fuses;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Fuses;

public sealed class FuseWatchTests
{
    [Fact]
    public async Task Check_FuseTripsAndOthersMayGoOn_CountsAndSignals()
    {
        using var meter = new OrchestratorMeter();
        var hub = new SignalHub(new FakeTransport(false), TimeProvider.System);
        var store = new FakeFuseStore { Answer = new FuseCheck([new FuseTrip("w", Fuse.AntiLoop)], true) };
        var (ready, trips) = (0, new List<string?>());
        hub.Ready += () => ready++;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (meter.Is(instrument.Meter) && instrument.Name == InstrumentNames.FusesTripped)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => trips.Add(tags[0].Value as string));
        var watch = new FuseWatch(store, hub, new FuseInstruments(meter));
        listener.Start();

        await watch.CheckAsync([], CancellationToken.None);
        await watch.CheckAsync([new HeldWorkspace(7, Fuse.AntiLoop)], CancellationToken.None);

        Assert.Equal(7, Assert.Single(store.Checked).Key);
        Assert.Equal(["antiLoop"], trips);
        Assert.Equal(1, ready);
    }
}
