using System.Text.RegularExpressions;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Hosting.Metrics;
using Orchestrator.Telemetry;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Documents;

public sealed partial class DocumentTests
{
    [Fact]
    public void Configuration_Document_IsWhatTheOptionsSay() => Snapshot.Check(ConfigurationDocument.Write(), "docs", "configuration.md");

    [Fact]
    public void Metrics_Document_IsWhatTheInstrumentsSay() => Snapshot.Check(MetricsDocument.Write(InstrumentCatalog.Read()), "docs", "metrics.md");

    [Fact]
    public void Metrics_Names_AreThoseOfTheInstrumentsAsTheyAreExposed()
    {
        var names = typeof(InstrumentNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal);
        var exposed = InstrumentCatalog.Read().Items.Select(item => PrometheusNames.Family(item.Instrument.Name, item.Instrument.Unit, MetricFamily.KindOf(item.Instrument)));

        Assert.Equal(names, exposed);
    }

    [Fact]
    public void Errors_Document_ListsEveryProblemType()
    {
        var rows = Row().Matches(File.ReadAllText(RepositoryFolder.Combine("docs", "errors.md")))
            .Select(row => (row.Groups["slug"].Value, row.Groups["status"].Value));

        Assert.Equal(ProblemTypes.All.Select(type => (type.Slug, $"{type.Status}")), rows);
    }

    [Fact]
    public void ProblemTypes_Slugs_AreUnique() =>
        Assert.Equal(ProblemTypes.All.Count, ProblemTypes.All.Select(type => type.Slug).Distinct().Count());

    [GeneratedRegex(@"^\| `(?<slug>[a-z_-]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
