using Spectre.Console;

namespace Orchestrator.Cli.Output;

/// <summary>Lists for people. What stands in a cell is text, whatever it looks like.</summary>
internal static class Tables
{
    public static Table Of<T>(IEnumerable<T> items, IReadOnlyList<Column<T>> columns, bool isolates)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Bold))).NoWrap().PadLeft(0).PadRight(2));
        }

        foreach (var item in items)
        {
            table.AddRow(columns.Select(column => new Text(Cell(column.Text(item), column.Width, isolates))));
        }

        return table;
    }

    private static string Cell(string? text, int width, bool isolates)
    {
        var cut = VisibleText.Cut(text is { Length: > 0 } ? text : "-", width);
        return isolates ? VisibleText.Isolate(cut) : cut;
    }
}
