using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Orchestrator.Hosting.Metrics;

/// <summary>All samples of one name, which Prometheus wants together, under one HELP and one TYPE.</summary>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help)
{
    public List<Metric> Metrics { get; } = [];

    public static MetricKind KindOf(Metric metric) => metric.Name switch
    {
        // They go up and down, though the runtime registers them as counters.
        "dotnet.thread_pool.threads" or "dotnet.thread_pool.queue.length" => MetricKind.Gauge,
        _ => metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => MetricKind.Counter,
            MetricType.Histogram => MetricKind.Histogram,
            MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => MetricKind.Gauge,
            _ => throw new NotSupportedException($"{metric.Name} is of the type {metric.MetricType}, which no view asks for."),
        },
    };

    public static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
    }
}
