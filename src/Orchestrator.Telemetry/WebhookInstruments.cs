using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>What webhooks were told, and how long their receivers took.</summary>
public sealed class WebhookInstruments
{
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _duration;

    public WebhookInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _deliveries = source.CreateCounter<long>(InstrumentNames.WebhookDeliveries, null, "Tries to tell webhooks of events, by outcome: delivered, retried or failed for good.");
        _duration = source.CreateHistogram(InstrumentNames.WebhookDeliveryDuration, "s", "Time from a webhook's request to its answer, or to its failure.", advice: HistogramBounds.Work);
    }

    public void OnAnswered(TimeSpan took) => _duration.Record(took.TotalSeconds);

    /// <param name="outcome">One of a few names fixed in code.</param>
    public void OnDelivery(string outcome) => _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
