namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>Steps and lines with their places. Every line goes from left to right, and no step lies upon another one or upon a line.</summary>
public sealed record GraphDrawing(int Width, int Height, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    /// <param name="steps">Steps with the ids of those that each needs; needs that are no steps are left out.</param>
    /// <returns>Null where there would be more lines than anybody can follow.</returns>
    /// <exception cref="ArgumentException">The needs go round in a circle.</exception>
    public static GraphDrawing? Of(IReadOnlyList<(string Id, IReadOnlyList<string> Needs)> steps)
    {
        if (LayeredGraph.Of([.. steps.Select(step => step.Id)], NeedsOf(steps)) is not { } graph)
        {
            return null;
        }

        LayerOrder.Untangle(graph);
        var centers = LayerPlacement.Place(graph);
        var nodes = steps.Select((step, place) => new GraphNode(step.Id, new GraphPoint(Left(graph.Layers[place]), centers[place] - (GraphSize.Height / 2))));
        var edges = graph.Edges.Select(edge => new GraphEdge(steps[edge.From].Id, steps[edge.To].Id, Points(graph, centers, edge)));
        return new GraphDrawing(
            Left(graph.Columns.Count) - GraphSize.ColumnGap + GraphSize.Margin,
            centers.Select((center, place) => center + ((place < steps.Count ? GraphSize.Height : GraphSize.Passage) / 2)).DefaultIfEmpty(0).Max() + GraphSize.Margin,
            [.. nodes],
            [.. edges]);
    }

    private static int[][] NeedsOf(IReadOnlyList<(string Id, IReadOnlyList<string> Needs)> steps)
    {
        var places = steps.Select((step, place) => (step.Id, place)).ToDictionary(step => step.Id, step => step.place, StringComparer.Ordinal);
        return [.. steps.Select(step => step.Needs.Distinct(StringComparer.Ordinal).Where(places.ContainsKey).Select(need => places[need]).ToArray())];
    }

    private static List<GraphPoint> Points(LayeredGraph graph, int[] centers, LayeredEdge edge)
    {
        List<GraphPoint> points = [new(Left(graph.Layers[edge.From]) + GraphSize.Width, centers[edge.From])];
        foreach (var passage in edge.Passages)
        {
            var left = Left(graph.Layers[passage]);
            points.Add(new(left, centers[passage]));
            points.Add(new(left + GraphSize.Width, centers[passage]));
        }

        points.Add(new(Left(graph.Layers[edge.To]), centers[edge.To]));
        return points;
    }

    private static int Left(int layer) => GraphSize.Margin + (layer * (GraphSize.Width + GraphSize.ColumnGap));
}
