using Orchestrator.Gateway.Dashboard.Runs.Graph;

namespace Orchestrator.Gateway.Tests.Dashboard;

public sealed class GraphDrawingTests
{
    [Fact]
    public void Of_ChainThatRepeatsItsNeeds_IsALineWithoutDetours()
    {
        var drawing = Draw("a", "b:a", "c:a,b", "d:a,b,c");

        Assert.Equal([("a", "b"), ("b", "c"), ("c", "d")], drawing.Edges.Select(edge => (edge.From, edge.To)).Order());
        Assert.Single(drawing.Nodes.Select(node => node.Place.Y).Distinct());
        Assert.Equal(["a", "b", "c", "d"], drawing.Nodes.OrderBy(node => node.Place.X).Select(node => node.Id));
    }

    [Fact]
    public void Of_Diamond_CentersBothEndsBetweenItsBranches()
    {
        var drawing = Draw("start", "left:start", "right:start", "end:left,right");

        var heights = drawing.Nodes.ToDictionary(node => node.Id, node => node.Place.Y);
        Assert.Equal(heights["start"], heights["end"]);
        Assert.Equal(heights["start"] * 2, heights["left"] + heights["right"], tolerance: 2);
    }

    [Fact]
    public void Of_CrossedPairs_DrawsThemUncrossed()
    {
        var drawing = Draw("a", "b", "c", "x:c", "y:b", "z:a");

        var heights = drawing.Nodes.ToDictionary(node => node.Id, node => node.Place.Y);
        Assert.Equal(["z", "y", "x"], drawing.Nodes.Where(node => node.Id is "x" or "y" or "z").OrderBy(node => heights[node.Id]).Select(node => node.Id));
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(7, 40, 2)]
    [InlineData(11, 60, 3)]
    [InlineData(13, 500, 1)]
    [InlineData(17, 500, 2)]
    public void Of_AnySteps_LeadsLinesRightwardsAndLaysNothingOverAStep(int seed, int steps, int needs)
    {
        var drawing = Draw([.. Enumerable.Range(0, steps).Select(step => $"s{step}:{string.Join(',', Needs(seed, step, needs))}")]);

        Assert.Equal(steps, drawing.Nodes.Count);
        Assert.All(drawing.Nodes, node => Assert.True(IsInside(drawing, node)));
        foreach (var column in drawing.Nodes.GroupBy(node => node.Place.X))
        {
            var tops = column.Select(node => node.Place.Y).Order().ToList();
            Assert.All(tops.Zip(tops.Skip(1)), pair => Assert.True(pair.Second - pair.First > GraphSize.Height, $"{pair}"));
        }

        Assert.All(drawing.Edges, edge => Assert.Equal(edge.Points.Select(point => point.X).Order(), edge.Points.Select(point => point.X)));
        var columns = drawing.Nodes.ToLookup(node => node.Place.X);
        foreach (var edge in drawing.Edges)
        {
            foreach (var stretch in edge.Points.Skip(1).SkipLast(1).Chunk(2))
            {
                Assert.Equal(stretch[0].Y, stretch[1].Y);
                Assert.DoesNotContain(columns[stretch[0].X], node => stretch[0].Y >= node.Place.Y && stretch[0].Y <= node.Place.Y + GraphSize.Height);
            }
        }
    }

    [Fact]
    public void Of_MoreLinesThanCanBeFollowed_IsNoDrawing()
    {
        var first = Enumerable.Range(0, 100).Select(step => $"a{step}").ToList();
        var second = Enumerable.Range(0, 100).Select(step => $"b{step}:{string.Join(',', first)}");

        Assert.Null(GraphDrawing.Of([.. first.Concat(second).Select(Parse)]));
    }

    [Fact]
    public void Of_Circle_IsRefused() => Assert.Throws<ArgumentException>(() => Draw("a:b", "b:a"));

    /// <summary>Up to so many of the steps before it, the same for the same seed.</summary>
    private static IEnumerable<string> Needs(int seed, int step, int most)
    {
        var random = new Random((seed * 1000) + step);
        return Enumerable.Range(0, step == 0 ? 0 : random.Next(most + 1)).Select(_ => $"s{random.Next(Math.Max(0, step - 25), step)}");
    }

    private static bool IsInside(GraphDrawing drawing, GraphNode node) =>
        node.Place is { X: >= 0, Y: >= 0 } && node.Place.X + GraphSize.Width <= drawing.Width && node.Place.Y + GraphSize.Height <= drawing.Height;

    private static GraphDrawing Draw(params string[] steps) => GraphDrawing.Of([.. steps.Select(Parse)])!;

    /// <summary>Reads <c>step:need,need</c>.</summary>
    private static (string Id, IReadOnlyList<string> Needs) Parse(string step) =>
        step.Split(':') is [var id, var needs] ? (id, needs.Split(',', StringSplitOptions.RemoveEmptyEntries)) : (step, []);
}
