using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Orchestrator.Hosting.Metrics;

/// <summary>Makes a page of Prometheus text of what the SDK has collected, whenever it is asked to.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed partial class PrometheusExporter(IKnownFamilies known, ILogger<PrometheusExporter> logger) : BaseExporter<Metric>, IPullMetricExporter
{
    private const int FirstLength = 32 * 1024;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private ReadOnlyMemory<byte> _page;
    private Exception? _failure;

    /// <summary>Set by the reader. Null where the SDK is switched off by its own setting; then nothing has samples.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Collects, and answers the page. One caller at a time.</summary>
    public ReadOnlyMemory<byte> Read(TimeSpan limit)
    {
        if (Collect is null)
        {
            return PrometheusText.Write(known.List(), FirstLength);
        }

        _failure = null;
        if (!Collect((int)limit.TotalMilliseconds))
        {
            throw new InvalidOperationException("The metrics could not be collected.", _failure);
        }

        return _page;
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        try
        {
            var families = known.List().ToDictionary(family => family.Name, StringComparer.Ordinal);
            foreach (var metric in batch)
            {
                Add(families, metric);
            }

            // A little more than the last one took, so that a large page is not copied as it grows.
            _page = PrometheusText.Write(families.Values, FirstLength + _page.Length);
            return ExportResult.Success;
        }
        catch (Exception exception)
        {
            // The SDK tells its caller no more than that it failed.
            _failure = exception;
            return ExportResult.Failure;
        }
    }

    private void Add(Dictionary<string, MetricFamily> families, Metric metric)
    {
        var kind = MetricFamily.KindOf(metric);
        var name = PrometheusNames.Family(metric.Name, metric.Unit, kind);
        if (!families.TryGetValue(name, out var family))
        {
            family = families[name] = new MetricFamily(name, kind, metric.Description);
        }

        if (family.Kind == kind)
        {
            family.Metrics.Add(metric);
        }
        else if (_told.Add(name))
        {
            LogClash(name, metric.MeterName, kind, family.Kind);
        }
    }

    [LoggerMessage(3010, LogLevel.Warning, "{Meter} has a {Kind} named {Name}, which is a {Other} already; it is not exported")]
    private partial void LogClash(string name, string meter, MetricKind kind, MetricKind other);
}
