using OpenTelemetry.Metrics;

namespace Orchestrator.Hosting.Metrics;

/// <summary>The text format, version 0.0.4: a family's HELP and TYPE, then its samples.</summary>
internal static class PrometheusText
{
    private const int LabelsLength = 512;

    /// <param name="length">About how long the page will be.</param>
    public static ReadOnlyMemory<byte> Write(IEnumerable<MetricFamily> families, int length)
    {
        var page = new TextBuffer(length);
        var labels = new TextBuffer(LabelsLength);
        foreach (var family in families.OrderBy(static family => family.Name, StringComparer.Ordinal))
        {
            WriteHead(page, family);
            foreach (var metric in family.Metrics)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    labels.Clear();
                    PrometheusLabels.Write(labels, point.Tags, family.Kind);
                    WritePoint(page, family, metric.MetricType, in point, labels.Written.Span);
                }
            }
        }

        return page.Written;
    }

    private static void WriteHead(TextBuffer page, MetricFamily family)
    {
        page.Add("# HELP ").Add(family.Name).Add(' ').AddEscaped(family.Help is { Length: > 0 } help ? help : family.Name, quotes: false).Add('\n');
        page.Add("# TYPE ").Add(family.Name).Add(' ').Add(Type(family.Kind)).Add('\n');
    }

    private static void WritePoint(TextBuffer page, MetricFamily family, MetricType type, in MetricPoint point, ReadOnlySpan<byte> labels)
    {
        switch (type)
        {
            case MetricType.Histogram:
                WriteHistogram(page, family.Name, in point, labels);
                break;
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                WriteSample(page, family.Name, "", labels).Add(point.GetSumLong()).Add('\n');
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                WriteSample(page, family.Name, "", labels).Add(point.GetSumDouble()).Add('\n');
                break;
            case MetricType.LongGauge:
                WriteSample(page, family.Name, "", labels).Add(point.GetGaugeLastValueLong()).Add('\n');
                break;
            default:
                WriteSample(page, family.Name, "", labels).Add(point.GetGaugeLastValueDouble()).Add('\n');
                break;
        }
    }

    private static void WriteHistogram(TextBuffer page, string name, in MetricPoint point, ReadOnlySpan<byte> labels)
    {
        var total = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            page.Add(name).Add("_bucket{").Add(labels).Add(labels.IsEmpty ? "le=\"" : ",le=\"");
            page.Add(bucket.ExplicitBound).Add("\"} ").Add(total).Add('\n');
        }

        WriteSample(page, name, "_sum", labels).Add(point.GetHistogramSum()).Add('\n');
        WriteSample(page, name, "_count", labels).Add(total).Add('\n');
    }

    private static TextBuffer WriteSample(TextBuffer page, string name, string suffix, ReadOnlySpan<byte> labels)
    {
        page.Add(name).Add(suffix);
        return labels.IsEmpty ? page.Add(' ') : page.Add('{').Add(labels).Add("} ");
    }

    private static string Type(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
