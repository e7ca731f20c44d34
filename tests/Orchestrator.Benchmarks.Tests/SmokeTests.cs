using System.Text.Json.Nodes;
using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Benchmarks.Figures;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Tests;

/// <summary>
/// The built benchmark, with small counts: it works, whatever the figures are. Of each figure one contender takes part;
/// with <c>ORCHESTRATOR_TEST_FULL=1</c> all do.
/// </summary>
public sealed class SmokeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("orc-smoke-").FullName;

    [PostgresFact]
    public async Task Smoke_EveryFigure_ReportsAPositiveValueOfEachMetricOfEachContender()
    {
        var (json, markdown) = (Path.Combine(_folder, "smoke.json"), Path.Combine(_folder, "smoke.md"));

        var result = Run(["--smoke", "--json", json, "--markdown", markdown, .. TestRequirements.Full ? [] : FirstOfEachFigure()]);

        Assert.True(result.ExitCode == 0, result.Output);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json))!["figures"]!.AsArray();
        Assert.Equal(Names(), figures.Select(figure => figure!["name"]!.GetValue<string>()));
        Assert.All(figures, figure => Assert.NotEmpty(figure!["contenders"]!.AsArray()));
        Assert.All(figures.SelectMany(figure => figure!["contenders"]!.AsArray()), contender => Assert.NotEmpty(Metrics(contender)));
        Assert.DoesNotContain(figures.SelectMany(figure => figure!["contenders"]!.AsArray()).SelectMany(Metrics), metric => metric.Value <= 0);
        Assert.All(Names(), name => Assert.Contains($"### {name}\n", File.ReadAllText(markdown).ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Fact]
    public void Figures_UnknownName_IsRefusedWithTheKnownOnes()
    {
        var result = Run("--figures", "burndown");

        Assert.Equal(1, result.ExitCode);
        Assert.All(Names(), name => Assert.Contains(name, result.Output, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ProcessResult Run(params string[] arguments)
    {
        var assembly = RepositoryFolder.Combine("tests", "Orchestrator.Benchmarks", "bin", RepositoryFolder.Configuration, "net10.0", "Orchestrator.Benchmarks.dll");
        return ProcessRunner.TryRun("dotnet", [assembly, .. arguments], Limit);
    }

    private static IEnumerable<string> Names() => Figures().Select(figure => figure.Name);

    private static IEnumerable<string> FirstOfEachFigure() => Figures().Select(figure => figure.Contenders[0].Name).Distinct().Prepend("--contenders");

    private static IReadOnlyList<Figure> Figures() => AllFigures.Create(new Servers(), BenchmarkScale.Smoke);

    // Zero may be: points of a course over time, as nothing was dead yet or ended in that second, and what workers left over.
    private static IEnumerable<(string Name, double Value)> Metrics(JsonNode? contender) =>
        contender!["medians"]!.AsObject().Where(median => !Series.IsPoint(median.Key) && median.Key != Mixed.Queued).Select(median => (median.Key, median.Value!.GetValue<double>()));
}
