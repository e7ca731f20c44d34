using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>Calls of models.</summary>
public sealed class ModelInstruments
{
    private readonly LabelCap _providers = new();
    private readonly LabelCap _models = new();
    private readonly Histogram<double> _duration;

    public ModelInstruments(OrchestratorMeter meter) =>
        _duration = meter.Meter.CreateHistogram(InstrumentNames.ModelCallDuration, "s", "Time of one call of a model, by what came of it.", advice: HistogramBounds.Work);

    /// <param name="outcome"><c>ok</c>, or one of a few names of failures.</param>
    public void OnCalled(string provider, string model, string outcome, TimeSpan took) => _duration.Record(
        took.TotalSeconds,
        new KeyValuePair<string, object?>("provider", _providers.Of(provider)),
        new KeyValuePair<string, object?>("model", _models.Of(model)),
        new KeyValuePair<string, object?>("outcome", outcome));
}
