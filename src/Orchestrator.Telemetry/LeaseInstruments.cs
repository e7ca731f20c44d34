using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Leases: kept by heartbeats, lost, or taken from silos that fell silent.</summary>
public sealed class LeaseInstruments
{
    private readonly Counter<long> _lost;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public LeaseInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _lost = meter.CreateCounter(InstrumentNames.LeasesLost, "Attempts of this process that lost their lease.");
        _missed = meter.CreateCounter(InstrumentNames.HeartbeatMissed, "Attempts taken from a worker whose heartbeats stopped.");
        _failures = meter.CreateCounter(InstrumentNames.HeartbeatFailures, "Heartbeats that the store did not take.");
        _duration = source.CreateHistogram(InstrumentNames.HeartbeatDuration, "s", "Time the store took for one heartbeat of the silo.", advice: HistogramBounds.Calls);
    }

    public void OnLeaseLost() => _lost.Add(1);

    public void OnHeartbeatMissed() => _missed.Add(1);

    public void OnHeartbeatFailed() => _failures.Add(1);

    public void OnHeartbeat(TimeSpan took) => _duration.Record(took.TotalSeconds);
}
