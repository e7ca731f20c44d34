using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.TestKit.Grafana;

namespace Orchestrator.Gateway.Tests.Monitoring;

/// <summary>What Grafana needs of a dashboard, and what its readers do.</summary>
public sealed partial class DashboardTests
{
    private const int Columns = 24;
    private const int Schema = 39;

    /// <summary>A panel of series has them from the processes that were chosen.</summary>
    private const string Chosen = "{job=~\"$job\", instance=~\"$instance\"";

    private static readonly IReadOnlyList<GrafanaDashboard> Dashboards = GrafanaDashboard.ReadAll();

    public static TheoryData<string> Files => [.. Dashboards.Select(dashboard => dashboard.File)];

    [Fact]
    public void Dashboards_Ids_AreTheirFilesNamesAndTheirTitlesDiffer()
    {
        Assert.NotEmpty(Dashboards);
        Assert.All(Dashboards, dashboard => Assert.Equal(dashboard.File, $"{Text(dashboard.Json, "uid")}.json"));
        Assert.Equal(Dashboards.Count, Dashboards.Select(dashboard => Text(dashboard.Json, "title")).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dashboard_Panels_HaveIdsOfTheirOwnAndDoNotOverlap(string file)
    {
        var dashboard = Find(file);

        Assert.Equal(Schema, dashboard.Json["schemaVersion"]!.GetValue<int>());
        Assert.Equal(dashboard.Panels.Count, dashboard.Panels.Select(panel => panel["id"]!.GetValue<int>()).Distinct().Count());
        var cells = dashboard.Panels.SelectMany(CellsOf).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, Columns - 1));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dashboard_Panels_SayWhatTheyShowAndInWhichUnit(string file) => Assert.All(Figures(file), panel =>
    {
        Assert.NotEmpty(Text(panel, "title"));
        Assert.EndsWith(".", Text(panel, "description"), StringComparison.Ordinal);
        Assert.NotEmpty(Text(panel["fieldConfig"]!["defaults"]!, "unit", panel["options"]!["yAxis"]));
        Assert.Equal("${datasource}", Text(panel["datasource"]!, "uid"));
        Assert.NotEmpty(panel["targets"]!.AsArray());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Dashboard_Queries_AskTheChosenProcessesByVariablesThatThereAre(string file)
    {
        var variables = Find(file).Variables.Select(variable => Text(variable, "name")).Append("__rate_interval").Append("__range").ToHashSet();
        foreach (var target in Figures(file).SelectMany(panel => panel["targets"]!.AsArray()))
        {
            var query = Text(target!, "expr");
            Assert.Equal(Series().Count(query), Regex.Count(query, Regex.Escape(Chosen)));
            Assert.Empty(Variable().Matches(query).Select(match => match.Groups[1].Value).Except(variables));
            Assert.Equal("${datasource}", Text(target!["datasource"]!, "uid"));
        }
    }

    private static GrafanaDashboard Find(string file) => Dashboards.Single(dashboard => dashboard.File == file);

    private static IEnumerable<JsonNode> Figures(string file) => Find(file).Panels.Where(panel => Text(panel, "type") != "row");

    private static IEnumerable<(int X, int Y)> CellsOf(JsonNode panel)
    {
        var place = panel["gridPos"]!;
        var (x, y, w, h) = (place["x"]!.GetValue<int>(), place["y"]!.GetValue<int>(), place["w"]!.GetValue<int>(), place["h"]!.GetValue<int>());
        return from column in Enumerable.Range(x, w) from row in Enumerable.Range(y, h) select (column, row);
    }

    private static string Text(JsonNode node, string name, JsonNode? or = null) => (node[name] ?? or?[name])!.GetValue<string>();

    /// <summary>The names of metrics, each of which chooses among its series.</summary>
    [GeneratedRegex(@"\b(orchestrator|orchestration|dotnet|http_server|kestrel|db_client)_\w+(?=[{\[)\s])|\bup(?=\{)")]
    private static partial Regex Series();

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Variable();
}
