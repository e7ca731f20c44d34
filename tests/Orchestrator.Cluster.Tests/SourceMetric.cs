using System.Text.RegularExpressions;
using Orchestrator.TestKit.Prometheus;

namespace Orchestrator.Cluster.Tests;

/// <summary>The metrics that the source documents name, as they name them, with their types and labels.</summary>
internal sealed partial record SourceMetric(string Name, string Type, IReadOnlyList<string> Labels)
{
    /// <summary>The list of the pool's document tells types in words; those of the table of the runs' document are its second column.</summary>
    private const string Documents = """
        - `orchestrator_pool_workers_total`, `orchestrator_pool_workers_busy`,
          `orchestrator_pool_queue_size` — gauge: dimensione del pool, worker occupati e coda.
        - `orchestrator_worker_heartbeat_missed_total` — counter: heartbeat mancati.
        - `orchestrator_task_retries_total` — counter: numero di retry effettuati.
        - `orchestrator_task_failures_total{code="..."}` — counter: errori definitivi, divisi per codice.
        - `orchestrator_task_duration_seconds{action="..."}` — histogram: istogramma delle latenze.
        - `orchestrator_task_queue_duration_seconds{action="..."}` — histogram: tempo trascorso in coda.

        | Metric | Type | Labels | Description |
        | --- | --- | --- | --- |
        | `orchestration_runs_total` | `counter` | `definition`, `status` (`started`, `completed`, `failed`, `aborted`) | Total runs per terminal state. |
        | `orchestration_run_duration_seconds` | `histogram` | `definition`, `status` | Wall-clock runtime. |
        | `orchestration_step_duration_seconds` | `histogram` | `definition`, `step`, `status` (`completed`, `failed`) | Active execution time for each step. |
        | `orchestration_step_queue_seconds` | `histogram` | `definition`, `step` | Time between step being queued and entering the running state. |
        """;

    public const string ContentType = "text/plain; version=0.0.4";

    /// <summary>What we label beside the documents.</summary>
    private static readonly Dictionary<string, string> More = new() { ["orchestrator_task_retries_total"] = "action" };

    public static IReadOnlyList<SourceMetric> All { get; } = [.. ReadItems(), .. ReadTable()];

    /// <summary>What is wrong with the pages of processes that have done a little of everything together.</summary>
    public static IEnumerable<string> FindMistakes(IReadOnlyCollection<PrometheusPage> pages)
    {
        foreach (var metric in All)
        {
            var families = pages.Where(page => page.Has(metric.Name)).Select(page => page[metric.Name]).ToList();
            var samples = families.SelectMany(family => family.Samples).ToList();
            if (families.Count < pages.Count)
            {
                yield return $"{metric.Name} is missing on {pages.Count - families.Count} of {pages.Count} pages.";
            }

            if (families.Any(family => family.Type != metric.Type))
            {
                yield return $"{metric.Name} is no {metric.Type}.";
            }

            if (samples.Count == 0)
            {
                yield return $"{metric.Name} has no sample.";
            }

            var expected = metric.Labels.Append(More.GetValueOrDefault(metric.Name)).OfType<string>().Order().ToList();
            if (samples.Find(sample => !sample.Labels.Keys.Where(label => label != "le").Order().SequenceEqual(expected)) is { } other)
            {
                yield return $"{metric.Name} has the labels {string.Join(", ", other.Labels.Keys)} in place of {string.Join(", ", expected)}.";
            }
        }
    }

    private static IEnumerable<SourceMetric> ReadItems() =>
        from item in Item().Matches(Documents)
        from name in NameInItem().Matches(item.Groups["names"].Value)
        select new SourceMetric(name.Groups["name"].Value, item.Groups["type"].Value, name.Groups["label"] is { Success: true, Value: var label } ? [label] : []);

    private static IEnumerable<SourceMetric> ReadTable() =>
        from row in Row().Matches(Documents)
        let labels = Parentheses().Replace(row.Groups["labels"].Value, "")
        select new SourceMetric(row.Groups["name"].Value, row.Groups["type"].Value, [.. Word().Matches(labels).Select(label => label.Value)]);

    [GeneratedRegex(@"^- (?<names>[^—]+) — (?<type>\w+):", RegexOptions.Multiline)]
    private static partial Regex Item();

    [GeneratedRegex(@"`(?<name>\w+)(\{(?<label>\w+)=""...""\})?`")]
    private static partial Regex NameInItem();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| `(?<type>\w+)` \| (?<labels>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
