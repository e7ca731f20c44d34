using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Turns that a silo takes.</summary>
public sealed class DispatchInstruments
{
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _tasks;
    private readonly Counter<long> _failures;

    public DispatchInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _duration = source.CreateHistogram(InstrumentNames.TurnDuration, "s", "Time of one dispatch turn.", advice: HistogramBounds.Calls);
        _tasks = source.CreateHistogram(InstrumentNames.TurnTasks, null, "Tasks leased by one dispatch turn.", advice: HistogramBounds.Counts);
        _failures = meter.CreateCounter(InstrumentNames.TurnFailures, "Dispatch turns that failed.");
    }

    public void OnTurn(TimeSpan took, int tasks)
    {
        _duration.Record(took.TotalSeconds);
        _tasks.Record(tasks);
    }

    public void OnTurnFailed() => _failures.Add(1);
}
