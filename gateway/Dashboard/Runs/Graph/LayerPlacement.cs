namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>
/// Gives each step and passage a height: as near to the mean of its neighbours' as the order of its column and the distances in it allow. Within
/// a column that is a regression under constraints of order, which pooling adjacent violators solves exactly.
/// </summary>
internal static class LayerPlacement
{
    private const int Sweeps = 24;

    /// <summary>A line that bends between two columns is worse than a step that stands beside the middle.</summary>
    private const double PassageWeight = 4;
    private const double AloneWeight = 0.01;

    /// <returns>The middle of each, from the upper margin on.</returns>
    public static int[] Place(LayeredGraph graph)
    {
        var centers = new double[graph.Layers.Count];
        foreach (var column in graph.Columns)
        {
            Stack(graph, column, centers);
        }

        for (var sweep = 0; sweep <= Sweeps; sweep++)
        {
            var isRightwards = sweep % 2 == 0;
            Func<int, IEnumerable<int>> neighbours = sweep == Sweeps ? one => graph.LeftOf(one).Concat(graph.RightOf(one)) : isRightwards ? graph.LeftOf : graph.RightOf;
            foreach (var column in isRightwards ? graph.Columns : graph.Columns.Reverse())
            {
                Pull(graph, column, neighbours, centers);
            }
        }

        var top = centers.Select((center, one) => center - (HeightOf(graph, one) / 2.0)).DefaultIfEmpty(0).Min();
        return [.. centers.Select(center => (int)Math.Round(center - top) + GraphSize.Margin)];
    }

    private static void Stack(LayeredGraph graph, List<int> column, double[] centers)
    {
        for (var place = 1; place < column.Count; place++)
        {
            centers[column[place]] = centers[column[place - 1]] + Distance(graph, column[place - 1], column[place]);
        }
    }

    private static void Pull(LayeredGraph graph, List<int> column, Func<int, IEnumerable<int>> neighbours, double[] centers)
    {
        var offsets = new double[column.Count];
        var blocks = new Stack<(double Sum, double Weight, int Count)>();
        for (var place = 0; place < column.Count; place++)
        {
            var one = column[place];
            offsets[place] = place == 0 ? 0 : offsets[place - 1] + Distance(graph, column[place - 1], one);
            var wanted = neighbours(one).Select(other => centers[other]).ToList();
            var weight = wanted.Count == 0 ? AloneWeight : one < graph.Steps ? 1 : PassageWeight;
            var block = (Sum: weight * ((wanted.Count == 0 ? centers[one] : wanted.Average()) - offsets[place]), Weight: weight, Count: 1);
            while (blocks.TryPeek(out var above) && above.Sum / above.Weight > block.Sum / block.Weight)
            {
                blocks.Pop();
                block = (above.Sum + block.Sum, above.Weight + block.Weight, above.Count + block.Count);
            }

            blocks.Push(block);
        }

        var next = 0;
        foreach (var (sum, weight, count) in blocks.Reverse())
        {
            for (var end = next + count; next < end; next++)
            {
                centers[column[next]] = (sum / weight) + offsets[next];
            }
        }
    }

    private static double Distance(LayeredGraph graph, int above, int below) => ((HeightOf(graph, above) + HeightOf(graph, below)) / 2.0) + GraphSize.RowGap;

    private static int HeightOf(LayeredGraph graph, int one) => one < graph.Steps ? GraphSize.Height : GraphSize.Passage;
}
