using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>What becomes of runs and of their steps.</summary>
public sealed class RunInstruments
{
    private const string Started = "started";

    private static readonly string[] Statuses = [Started, "completed", "failed", "aborted"];

    private readonly LabelCap _definitions = new();
    private readonly LabelCap _steps = new();
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _runDuration;
    private readonly Histogram<double> _stepDuration;
    private readonly Histogram<double> _stepQueueDuration;

    public RunInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _runs = source.CreateCounter<long>(InstrumentNames.Runs, null, "Runs that started, completed, failed or were aborted, by definition.");
        _runDuration = source.CreateHistogram(InstrumentNames.RunDuration, "s", "Time from a run's start to its end, by definition.", advice: HistogramBounds.Runs);
        _stepDuration = source.CreateHistogram(InstrumentNames.StepDuration, "s", "Time a step was executing, without the time it waited.", advice: HistogramBounds.Work);
        _stepQueueDuration = source.CreateHistogram(InstrumentNames.StepQueueDuration, "s", "Time a step was queued before it ran.", advice: HistogramBounds.Work);
    }

    /// <param name="definition"><c>owner/name@version</c> where there is one, else the id of the run's definition.</param>
    public void RunStarted(string definition) => _runs.Add(1, Definition(definition), Status(Started));

    /// <param name="status"><c>completed</c>, <c>failed</c> or <c>aborted</c>.</param>
    public void RunEnded(string definition, string status, TimeSpan duration)
    {
        _runs.Add(1, Definition(definition), Status(status));
        _runDuration.Record(Seconds(duration), Definition(definition), Status(status));
    }

    /// <param name="waited">From when it was queued until it ran.</param>
    public void StepQueued(string definition, string step, TimeSpan waited) => _stepQueueDuration.Record(Seconds(waited), Definition(definition), Step(step));

    /// <param name="status"><c>completed</c> or <c>failed</c>.</param>
    /// <param name="active">How long it was executing.</param>
    public void StepEnded(string definition, string step, string status, TimeSpan active) =>
        _stepDuration.Record(Seconds(active), Definition(definition), Step(step), Status(status));

    private KeyValuePair<string, object?> Definition(string definition)
    {
        var label = new KeyValuePair<string, object?>("definition", _definitions.Of(definition, out var isNew));
        if (isNew)
        {
            // What has risen before it is seen for the first time has no rate: an alert would miss the first run that fails.
            foreach (var status in Statuses)
            {
                _runs.Add(0, label, Status(status));
            }
        }

        return label;
    }

    private KeyValuePair<string, object?> Step(string step) => new("step", _steps.Of(step));

    // Both ends of a time may come from different clocks, and a sum of times must never fall.
    private static double Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds);

    private static KeyValuePair<string, object?> Status(string status) => new("status", status);
}
