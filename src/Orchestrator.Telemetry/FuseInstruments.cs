using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Fuses that trip.</summary>
public sealed class FuseInstruments
{
    private readonly Counter<long> _trips;

    public FuseInstruments(OrchestratorMeter meter) =>
        _trips = meter.Meter.CreateCounter<long>(InstrumentNames.FusesTripped, null, "Fuses that tripped, by fuse.");

    public void OnTripped(string fuse) => _trips.Add(1, Fuse(fuse));

    /// <summary>Shows a fuse before it has tripped.</summary>
    public void OnFuseKnown(string fuse) => _trips.Add(0, Fuse(fuse));

    private static KeyValuePair<string, object?> Fuse(string fuse) => new("fuse", fuse);
}
