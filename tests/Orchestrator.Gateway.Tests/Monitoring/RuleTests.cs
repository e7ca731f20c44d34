using System.Text.RegularExpressions;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Prometheus;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Gateway.Tests.Monitoring;

/// <summary>The rules for Prometheus, as Prometheus's own tool judges them.</summary>
public sealed partial class RuleTests
{
    private static readonly string Folder = RepositoryFolder.Combine("deploy", "prometheus");
    private static readonly string Document = RepositoryFolder.Combine("docs", "monitoring.md");
    private static readonly string Alerts = Path.Combine(Folder, "rules", "alerts.yml");
    private static readonly string AlertTests = Path.Combine(Folder, "tests", "alerts_test.yml");

    [PrometheusFact]
    public void Rules_AreTakenByPromtool()
    {
        var result = Promtool.Run(["check", "rules", .. Directory.GetFiles(Path.Combine(Folder, "rules"))]);

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [PrometheusFact]
    public void Configuration_OfTheExample_IsTakenByPromtool()
    {
        var result = Promtool.Run("check", "config", Path.Combine(Folder, "prometheus.yml"));

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [PrometheusFact]
    public void Rules_OverSeriesThatAreGiven_AnswerAndFireAsTheyShould()
    {
        var result = Promtool.Run(["test", "rules", .. Directory.GetFiles(Path.Combine(Folder, "tests"))]);

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public void Alert_EachOne_HasATestInWhichItFiresAndOneInWhichItDoesNot()
    {
        var cases = Sequence(Read(AlertTests), "tests").SelectMany(test => Sequence(test, "alert_rule_test")).ToLookup(test => Text(test, "alertname"), test => Sequence(test, "exp_alerts").Any());

        Assert.Equal(ReadAlerts().Select(alert => Text(alert, "alert")).Order(), cases.Select(test => test.Key).Order());
        Assert.All(cases, test => Assert.Equal([false, true], test.Distinct().Order()));
    }

    [Fact]
    public void Alert_EachOne_SaysWhatItMeansHowBadItIsAndWhereToReadOn()
    {
        var sections = Heading().Matches(File.ReadAllText(Document)).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(ReadAlerts().Select(alert => Text(alert, "alert")).Order(), sections.Order());
        Assert.All(ReadAlerts(), alert =>
        {
            var notes = alert["annotations"];
            Assert.Contains(Text(alert["labels"], "severity"), (string[])["critical", "warning"]);
            Assert.NotEmpty(Text(notes, "summary"));
            Assert.EndsWith(".", Text(notes, "description"), StringComparison.Ordinal);
            Assert.Equal($"docs/monitoring.md#{Text(alert, "alert").ToLowerInvariant()}", Text(notes, "runbook_url"));
        });
    }

    private static List<YamlNode> ReadAlerts() => [.. Sequence(Read(Alerts), "groups").SelectMany(group => Sequence(group, "rules"))];

    private static YamlNode Read(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }

    private static IEnumerable<YamlNode> Sequence(YamlNode node, string name) =>
        ((YamlMappingNode)node).Children.TryGetValue(name, out var items) ? ((YamlSequenceNode)items).Children : [];

    private static string Text(YamlNode node, string name) => ((YamlScalarNode)node[name]).Value!;

    [GeneratedRegex("^### (Orchestrator.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
