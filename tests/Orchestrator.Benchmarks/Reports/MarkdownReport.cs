using System.Globalization;
using System.Text;
using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>A run as Markdown, for a document to take over.</summary>
internal static class MarkdownReport
{
    public static async Task WriteAsync(BenchmarkReport report, string file)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment(report)}").AppendLine();
        foreach (var measured in report.Figures)
        {
            Append(text, measured);
        }

        await File.WriteAllTextAsync(file, text.ToString());
    }

    private static void Append(StringBuilder text, Measured measured)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"### {measured.Figure.Name}").AppendLine();
        text.AppendLine(measured.Figure.Method).AppendLine();
        AppendTable(text, ["contender", "metric", "median", "min–max"], "|---|---|--:|--:|", BenchmarkReport.RowsOf(measured));
        var goals = BenchmarkReport.GoalsOf(measured);
        if (goals.Count > 0)
        {
            AppendTable(
                text,
                ["goal of", "metric", "aim", "measured", ""],
                "|---|---|---|--:|---|",
                [.. goals.Select(goal => (string[])[goal.Goal.Contender, goal.Goal.Metric, goal.Aim, goal.Value is { } value ? Format.Of(value) : "–", goal.Verdict])]);
        }

        foreach (var failure in measured.Failures)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Broken: {failure.Contender}, round {failure.Round}: {failure.Message}").AppendLine();
        }
    }

    private static string Environment(BenchmarkReport report) =>
        string.Join("; ", ((string?[])
        [
            $"{report.Machine.Cores} cores ({report.Machine.Cpu})",
            $"{report.Machine.MemoryGb.ToString(CultureInfo.InvariantCulture)} GB",
            report.Machine.Os,
            report.Machine.Dotnet,
            report.Postgres is { } postgres ? $"PostgreSQL {postgres.Version} ({string.Join(", ", postgres.Settings.Select(pair => $"{pair.Key}={pair.Value}"))})" : null,
            report.Machine.Commit is { } commit ? $"commit {commit}" : null,
            report.StartedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            $"{report.Rounds} rounds, {report.Scale} scale",
        ]).Where(part => part is not null)) + ".";

    private static void AppendTable(StringBuilder text, IEnumerable<string> head, string rule, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", head)} |").AppendLine(rule);
        foreach (var row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |");
        }

        text.AppendLine();
    }
}
