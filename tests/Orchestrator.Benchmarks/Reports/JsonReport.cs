using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>A run as JSON: every sample of every round, and what the tables say of them.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(BenchmarkReport report, string file)
    {
        var json = JsonSerializer.Serialize(
            new
            {
                report.StartedAt,
                report.Rounds,
                report.Scale,
                report.Machine,
                report.Postgres,
                report.IsBroken,
                Figures = report.Figures.Select(FigureOf),
            },
            Options);

        // In one step, so that a run that is cut short leaves the whole of what it knew.
        var written = $"{file}.part";
        await File.WriteAllTextAsync(written, json);
        File.Move(written, file, overwrite: true);
    }

    private static object FigureOf(Measured measured) => new
    {
        measured.Figure.Name,
        measured.Figure.Method,
        Contenders = measured.Figure.Contenders.Select(contender => new
        {
            contender.Name,
            Samples = measured.Samples[contender.Name],
            Medians = measured.Metrics(contender.Name).ToDictionary(metric => metric, metric => measured.Median(contender.Name, metric)),
        }),
        Goals = BenchmarkReport.GoalsOf(measured).Select(result => new
        {
            result.Goal.Contender,
            result.Goal.Metric,
            result.Goal.RelativeTo,
            result.Goal.RelativeMetric,
            AtLeast = result.Goal.IsFloor ? result.Goal.Bound : (double?)null,
            AtMost = result.Goal.IsFloor ? (double?)null : result.Goal.Bound,
            result.Value,
            result.IsMet,
        }),
        measured.Failures,
    };
}
