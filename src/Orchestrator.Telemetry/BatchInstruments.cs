using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Group commits, by the kind of what is written.</summary>
public sealed class BatchInstruments
{
    private readonly Histogram<long> _size;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _refusals;

    public BatchInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _size = source.CreateHistogram(InstrumentNames.BatchSize, null, "Items written in one transaction.", advice: HistogramBounds.Counts);
        _duration = source.CreateHistogram(InstrumentNames.BatchDuration, "s", "Time of one batched write.", advice: HistogramBounds.Calls);
        _failures = source.CreateCounter<long>(InstrumentNames.BatchFailures, null, "Batched writes that failed.");
        _refusals = source.CreateCounter<long>(InstrumentNames.BatchRefusals, null, "Items refused because the queue in front of the store was full.");
    }

    /// <summary>Shows a kind before a write of it has failed or was refused.</summary>
    public void OnKindKnown(string kind)
    {
        _failures.Add(0, Kind(kind));
        _refusals.Add(0, Kind(kind));
    }

    public void OnFlushed(string kind, int items, TimeSpan took)
    {
        _size.Record(items, Kind(kind));
        _duration.Record(took.TotalSeconds, Kind(kind));
    }

    public void OnFlushFailed(string kind) => _failures.Add(1, Kind(kind));

    public void OnRefused(string kind) => _refusals.Add(1, Kind(kind));

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}
