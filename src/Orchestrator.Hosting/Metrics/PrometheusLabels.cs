using System.Globalization;
using OpenTelemetry;

namespace Orchestrator.Hosting.Metrics;

/// <summary>Labels of one sample, without the braces.</summary>
internal static class PrometheusLabels
{
    public static void Write(TextBuffer text, ReadOnlyTagCollection tags, MetricKind kind)
    {
        // Names that differ only in what Prometheus does not take become one label with all their values.
        var labels = new List<KeyValuePair<string, string>>(tags.Count);
        foreach (var tag in tags)
        {
            Add(labels, Name(tag.Key, kind), Value(tag.Value));
        }

        foreach (var (name, value) in labels)
        {
            text.Add(text.Written.IsEmpty ? "" : ",").Add(name).Add("=\"").AddEscaped(value, quotes: true).Add('"');
        }
    }

    private static void Add(List<KeyValuePair<string, string>> labels, string name, string value)
    {
        var same = labels.FindIndex(label => label.Key == name);
        if (same < 0)
        {
            labels.Add(new(name, value));
        }
        else
        {
            labels[same] = new(name, $"{labels[same].Value};{value}");
        }
    }

    // A histogram's le is the bound of its buckets.
    private static string Name(string key, MetricKind kind) => PrometheusNames.Label(key) switch
    {
        "le" when kind == MetricKind.Histogram => "exported_le",
        var name => name,
    };

    private static string Value(object? value) => value switch
    {
        null => "",
        string text => text,
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
