using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.TestKit.Grafana;

/// <summary>A dashboard of this checkout.</summary>
public sealed partial class GrafanaDashboard
{
    private static readonly string Folder = RepositoryFolder.Combine("deploy", "grafana", "dashboards");

    private GrafanaDashboard(string file)
    {
        File = Path.GetFileName(file);
        Json = JsonNode.Parse(System.IO.File.ReadAllText(file))!;
        Panels = [.. Json["panels"]!.AsArray().SelectMany(static panel => panel!["panels"] is JsonArray { Count: > 0 } inner ? [panel, .. inner.Select(static item => item!)] : new[] { panel })];
        Variables = [.. Json["templating"]!["list"]!.AsArray().Select(static variable => variable!)];
    }

    public string File { get; }

    public JsonNode Json { get; }

    /// <summary>All of them, rows among them and what stands in these.</summary>
    public IReadOnlyList<JsonNode> Panels { get; }

    public IReadOnlyList<JsonNode> Variables { get; }

    public static IReadOnlyList<GrafanaDashboard> ReadAll() =>
        [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(static file => new GrafanaDashboard(file))];

    /// <summary>Everything that it asks of Prometheus, as Prometheus is asked when all values of its variables are chosen.</summary>
    /// <param name="interval">What rates are taken over.</param>
    public IReadOnlyList<string> Queries(string interval) =>
    [
        .. Panels.SelectMany(static panel => panel["targets"]?.AsArray() ?? []).Select(target => Fill(Text(target!, "expr"), interval)),
        .. Json["annotations"]!["list"]!.AsArray().Select(annotation => Fill(Text(annotation!, "expr"), interval)),
        .. Variables.Where(static variable => Text(variable, "type") == "query").Select(variable => Fill(Ask(Text(variable["query"]!, "query")), interval)),
    ];

    /// <summary>Of a list of labels' values, the query that finds them.</summary>
    private static string Ask(string query) => LabelValues().Match(query) is { Success: true } match
        ? $"group by ({match.Groups["label"]}) ({match.Groups["series"]})"
        : throw new FormatException($"{query} asks for no values of a label.");

    private static string Fill(string query, string interval) => Variable().Replace(query, match => match.Value switch
    {
        "$__rate_interval" or "$__range" or "$__interval" => interval,
        _ => ".*",
    });

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    [GeneratedRegex(@"^label_values\((?<series>.*), *(?<label>\w+)\)$")]
    private static partial Regex LabelValues();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();
}
