using System.Diagnostics.Metrics;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Telemetry;

public sealed class AttemptInstrumentsTests
{
    [Fact]
    public void OnTaskFailed_Code_IsCountedUnderTheExactName()
    {
        using var meter = new OrchestratorMeter();
        var seen = new List<(string Name, string? Label, long Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (meter.Is(instrument.Meter))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, tags.Length > 0 ? $"{tags[0].Key}={tags[0].Value}" : null, value)));
        listener.Start();

        new AttemptInstruments(meter).OnTaskFailed("timeout");

        Assert.Equal([("orchestrator_task_failures_total", "code=timeout", 1L)], seen.Where(measured => measured.Value > 0));
    }
}
