namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>Measures of a drawing, in pixels.</summary>
internal static class GraphSize
{
    public const int Width = 168;
    public const int Height = 60;
    public const int ColumnGap = 40;
    public const int RowGap = 18;
    public const int Margin = 10;

    /// <summary>The room that a line takes where it passes through a column.</summary>
    public const int Passage = 4;
}
