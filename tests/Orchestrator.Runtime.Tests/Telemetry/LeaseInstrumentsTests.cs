using System.Diagnostics.Metrics;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Telemetry;

public sealed class LeaseInstrumentsTests
{
    /// <summary>A task that was cancelled, or whose deadline the store saw before the silo did, has ended as it should: its lease was not lost.</summary>
    [Theory]
    [InlineData(StopReason.Timeout, 1)]
    [InlineData(StopReason.LeaseLost, 1)]
    [InlineData(StopReason.Deadline, 0)]
    [InlineData(StopReason.Revoked, 0)]
    public async Task OnLeaseLost_AttemptWhoseLeaseIsGone_CountsWhereThatIsNoEndOfTheTask(StopReason reason, long expected)
    {
        await using var parts = new Parts();
        parts.Leases.OnSettle = static _ => SettlementResult.LeaseLost;
        var lost = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (parts.Meter.Is(instrument.Meter) && instrument.Name == InstrumentNames.LeasesLost)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref lost, value));
        listener.Start();

        var attempt = parts.Open(FakeExecutor.Obedient());
        var running = parts.Runner.RunAsync(attempt);
        Assert.True(attempt.TryStop(reason));
        await running.Soon();

        Assert.Equal(expected, Interlocked.Read(ref lost));
    }
}
