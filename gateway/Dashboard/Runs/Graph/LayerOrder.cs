namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>
/// Orders each column so that few lines cross: columns are sorted by the mean place of their neighbours, from left to right and back, and the
/// best order that came up is taken (Sugiyama, Tagawa and Toda 1981).
/// </summary>
internal static class LayerOrder
{
    private const int Sweeps = 8;

    public static void Untangle(LayeredGraph graph)
    {
        var places = new int[graph.Layers.Count];
        foreach (var column in graph.Columns)
        {
            Number(column, places);
        }

        var (least, best) = (Crossings(graph, places), Copy(graph));
        for (var sweep = 0; sweep < Sweeps && least > 0; sweep++)
        {
            var isRightwards = sweep % 2 == 0;
            foreach (var column in isRightwards ? graph.Columns : graph.Columns.Reverse())
            {
                Sort(column, isRightwards ? graph.LeftOf : graph.RightOf, places);
            }

            if (Crossings(graph, places) is var crossings && crossings < least)
            {
                (least, best) = (crossings, Copy(graph));
            }
        }

        for (var column = 0; column < best.Length; column++)
        {
            Write(best[column], graph.Columns[column]);
        }
    }

    /// <summary>How often lines between neighbouring columns cross.</summary>
    public static long Crossings(LayeredGraph graph)
    {
        var places = new int[graph.Layers.Count];
        foreach (var column in graph.Columns)
        {
            Number(column, places);
        }

        return Crossings(graph, places);
    }

    private static void Sort(List<int> column, Func<int, IReadOnlyList<int>> neighbours, int[] places)
    {
        // Those without neighbours stay about where they are.
        var sorted = column.OrderBy(one => neighbours(one).Select(other => (double)places[other]).DefaultIfEmpty(places[one]).Average()).ToArray();
        Write(sorted, column);
        Number(column, places);
    }

    /// <summary>Two lines cross where their left ends stand in another order than their right ends: inversions, counted in a binary indexed tree.</summary>
    private static long Crossings(LayeredGraph graph, int[] places)
    {
        long crossings = 0;
        for (var layer = 1; layer < graph.Columns.Count; layer++)
        {
            var tree = new int[graph.Columns[layer].Count + 1];
            var seen = 0;
            foreach (var end in graph.Columns[layer - 1].SelectMany(left => graph.RightOf(left).Select(right => places[right]).Order()))
            {
                crossings += seen - Sum(tree, end + 1);
                Add(tree, end + 1);
                seen++;
            }
        }

        return crossings;
    }

    private static int Sum(int[] tree, int end)
    {
        var sum = 0;
        for (; end > 0; end -= end & -end)
        {
            sum += tree[end];
        }

        return sum;
    }

    private static void Add(int[] tree, int place)
    {
        for (; place < tree.Length; place += place & -place)
        {
            tree[place]++;
        }
    }

    private static void Number(List<int> column, int[] places)
    {
        for (var place = 0; place < column.Count; place++)
        {
            places[column[place]] = place;
        }
    }

    private static int[][] Copy(LayeredGraph graph) => [.. graph.Columns.Select(column => column.ToArray())];

    private static void Write(int[] order, List<int> column)
    {
        column.Clear();
        column.AddRange(order);
    }
}
