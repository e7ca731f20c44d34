using System.Diagnostics.Metrics;

namespace Orchestrator.Telemetry;

/// <summary>What webhooks were told, and how long their receivers took.</summary>
public sealed class WebhookInstruments
{
    public const string Delivered = "delivered";
    public const string Retried = "retried";
    public const string Failed = "failed";

    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _duration;

    public WebhookInstruments(OrchestratorMeter meter)
    {
        var source = meter.Meter;
        _deliveries = source.CreateCounter<long>(InstrumentNames.WebhookDeliveries, null, "Tries to tell webhooks of events, by outcome: delivered, retried or failed for good.");
        _duration = source.CreateHistogram(InstrumentNames.WebhookDeliveryDuration, "s", "Time from a webhook's request to its answer, or to its failure.", advice: HistogramBounds.Work);
        foreach (var outcome in (string[])[Delivered, Retried, Failed])
        {
            // What has risen before it is seen for the first time has no rate.
            _deliveries.Add(0, Outcome(outcome));
        }
    }

    public void OnAnswered(TimeSpan took) => _duration.Record(took.TotalSeconds);

    /// <param name="outcome"><see cref="Delivered"/>, <see cref="Retried"/> or <see cref="Failed"/>.</param>
    public void OnDelivery(string outcome) => _deliveries.Add(1, Outcome(outcome));

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
