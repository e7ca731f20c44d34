namespace Orchestrator.Hosting.Metrics;

/// <summary>The types of Prometheus.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
