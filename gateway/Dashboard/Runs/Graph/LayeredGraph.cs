using System.Collections;

namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>
/// Steps in columns: each one right of all that it needs, as far left as that allows. Only edges that say something are kept: none to what is
/// needed by way of another step too. Where an edge passes through a column there is a passage, which is numbered after the steps.
/// </summary>
internal sealed class LayeredGraph
{
    /// <summary>How much is drawn: beyond it nobody sees anything in a picture.</summary>
    private const int MaxEdges = 2_000;
    private const int MaxPassages = 6_000;

    private readonly List<int> _layers;
    private readonly List<List<int>> _columns = [];
    private readonly List<LayeredEdge> _edges = [];
    private readonly List<List<int>> _left = [];
    private readonly List<List<int>> _right = [];

    private LayeredGraph(int[] layers)
    {
        Steps = layers.Length;
        _layers = [.. layers];
        for (var step = 0; step < Steps; step++)
        {
            Join(step);
        }
    }

    /// <summary>How many steps there are; greater numbers are passages.</summary>
    public int Steps { get; }

    /// <summary>The column of each step and passage.</summary>
    public IReadOnlyList<int> Layers => _layers;

    /// <summary>Steps and passages of each column, from above.</summary>
    public IReadOnlyList<List<int>> Columns => _columns;

    public IReadOnlyList<LayeredEdge> Edges => _edges;

    /// <summary>Who is next to it, one column to the left.</summary>
    public IReadOnlyList<int> LeftOf(int one) => _left[one];

    /// <summary>Who is next to it, one column to the right.</summary>
    public IReadOnlyList<int> RightOf(int one) => _right[one];

    /// <returns>Null where there is more than is drawn.</returns>
    public static LayeredGraph? Of(IReadOnlyList<string> steps, int[][] needs)
    {
        var order = Sort(steps, needs);
        var layers = new int[needs.Length];
        foreach (var step in order)
        {
            layers[step] = needs[step].Select(need => layers[need] + 1).DefaultIfEmpty(0).Max();
        }

        var edges = Reduce(order, layers, needs);
        if (edges.Count > MaxEdges || edges.Sum(edge => layers[edge.To] - layers[edge.From] - 1) > MaxPassages)
        {
            return null;
        }

        var graph = new LayeredGraph(layers);
        foreach (var (from, to) in edges)
        {
            graph.Connect(from, to);
        }

        return graph;
    }

    /// <summary>Every step after all that it needs.</summary>
    private static List<int> Sort(IReadOnlyList<string> steps, int[][] needs)
    {
        var missing = needs.Select(one => one.Length).ToArray();
        var dependents = needs.SelectMany((one, step) => one.Select(need => (need, step))).ToLookup(pair => pair.need, pair => pair.step);
        var order = Enumerable.Range(0, needs.Length).Where(step => missing[step] == 0).ToList();
        for (var next = 0; next < order.Count; next++)
        {
            order.AddRange(dependents[order[next]].Where(step => --missing[step] == 0));
        }

        return order.Count == needs.Length
            ? order
            : throw new ArgumentException($"The needs of {steps[Array.FindIndex(missing, one => one > 0)]} go round in a circle.", nameof(needs));
    }

    private static List<(int From, int To)> Reduce(List<int> order, int[] layers, int[][] needs)
    {
        var edges = new List<(int From, int To)>();
        var before = new BitArray[needs.Length];
        foreach (var step in order)
        {
            before[step] = new BitArray(needs.Length);

            // What is needed by way of another one is further to the left than that.
            foreach (var need in needs[step].OrderByDescending(need => layers[need]).Where(need => !before[step][need]))
            {
                before[step].Or(before[need]).Set(need, true);
                edges.Add((need, step));
            }
        }

        return edges;
    }

    private void Connect(int from, int to)
    {
        var passages = new List<int>();
        var last = from;
        for (var layer = _layers[from] + 1; layer < _layers[to]; layer++)
        {
            var passage = _layers.Count;
            _layers.Add(layer);
            Join(passage);
            Touch(last, passage);
            passages.Add(passage);
            last = passage;
        }

        Touch(last, to);
        _edges.Add(new LayeredEdge(from, to, passages));
    }

    private void Join(int one)
    {
        while (_columns.Count <= _layers[one])
        {
            _columns.Add([]);
        }

        _columns[_layers[one]].Add(one);
        _left.Add([]);
        _right.Add([]);
    }

    private void Touch(int left, int right)
    {
        _right[left].Add(right);
        _left[right].Add(left);
    }
}
