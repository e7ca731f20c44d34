using Spectre.Console;

namespace Orchestrator.Cli.Output;

/// <summary>Lists for people: a line an item, however long it is. What stands in a cell is text, whatever it looks like.</summary>
internal static class Tables
{
    private const string Gap = "  ";

    /// <summary>The headers, then the items.</summary>
    /// <param name="isolates">Whether text from right to left is kept within its column.</param>
    public static IEnumerable<string> Of<T>(IReadOnlyCollection<T> items, IReadOnlyList<Column<T>> columns, bool isolates)
    {
        var rows = items.Select(item => columns.Select(column => Cell(column.Text(item), column.Width)).ToList()).Prepend([.. columns.Select(column => column.Header)]).ToList();
        var widths = columns.Select((_, index) => rows.Max(row => row[index].GetCellWidth())).ToList();
        return rows.Select(row => string.Join(Gap, row.Select((cell, index) => Pad(cell, widths[index], isolates))).TrimEnd());
    }

    private static string Cell(string? text, int width) => VisibleText.Cut(text is { Length: > 0 } ? text : "-", width);

    private static string Pad(string cell, int width, bool isolates) =>
        (isolates ? VisibleText.Isolate(cell) : cell) + new string(' ', width - cell.GetCellWidth());
}
