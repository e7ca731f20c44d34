using Orchestrator.Benchmarks.Figures;

namespace Orchestrator.Benchmarks.Reports;

/// <summary>A figure as tables for a terminal.</summary>
internal static class TextReport
{
    private const int MaxWidth = 100;

    public static string Of(Measured measured)
    {
        var lines = new List<string> { "", $"== {measured.Figure.Name}" };
        lines.AddRange(Wrap(measured.Figure.Method));
        lines.Add("");
        lines.AddRange(Table(["contender", "metric", "median", "min–max"], BenchmarkReport.RowsOf(measured), numbersFrom: 2));
        var goals = BenchmarkReport.GoalsOf(measured);
        if (goals.Count > 0)
        {
            lines.Add("");
            lines.AddRange(Table(
                ["goal of", "metric", "aim", "measured", ""],
                [.. goals.Select(goal => (string[])[goal.Goal.Contender, goal.Goal.Metric, goal.Aim, goal.Value is { } value ? Format.Of(value) : "–", goal.Verdict])],
                numbersFrom: int.MaxValue));
        }

        lines.AddRange(measured.Failures.Select(failure => $"BROKEN: {failure.Contender}, round {failure.Round}: {failure.Message}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> Table(string[] head, IReadOnlyList<IReadOnlyList<string>> rows, int numbersFrom)
    {
        var widths = head.Select((title, i) => rows.Select(row => row[i].Length).Append(title.Length).Max()).ToList();
        string Line(IReadOnlyList<string> cells) =>
            string.Join("  ", cells.Select((cell, i) => i < numbersFrom ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd();
        return [Line(head), string.Join("  ", widths.Select(width => new string('-', width))), .. rows.Select(Line)];
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length >= MaxWidth)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
