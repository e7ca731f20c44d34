using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Tasks;

public sealed class DependencyGraphTests
{
    [Fact]
    public void FindCycles_NoDependencies_FindsNone() =>
        Assert.Empty(DependencyGraph.FindCycles([[], [], []]));

    [Fact]
    public void FindCycles_Diamond_FindsNone() =>
        Assert.Empty(DependencyGraph.FindCycles([[1, 2], [3], [3], []]));

    [Fact]
    public void FindCycles_DependsOnItself_IsACycleOfOne() =>
        Assert.Equal([[1]], DependencyGraph.FindCycles([[], [1], [0]]));

    [Fact]
    public void FindCycles_TwoSeparateCycles_NamesEachWithItsMembers() =>
        Assert.Equal([[0, 3], [1, 2, 4]], DependencyGraph.FindCycles([[3], [2], [4], [0], [1], [0]]));

    [Fact]
    public void FindCycles_TasksThatOnlyHangOnACycle_AreNotInIt() =>
        Assert.Equal([[1, 2]], DependencyGraph.FindCycles([[1], [2], [1, 3], []]));

    [Fact]
    public void FindCycles_CyclesThatShareANode_AreOne() =>
        Assert.Equal([[0, 1, 2]], DependencyGraph.FindCycles([[1], [0, 2], [1]]));

    [Fact]
    public void FindCycles_ChainOfTenThousand_DoesNotRecurse()
    {
        var chain = Enumerable.Range(0, 10_000).Select(i => (IReadOnlyList<int>)(i == 9_999 ? [] : [i + 1])).ToList();
        Assert.Empty(DependencyGraph.FindCycles(chain));

        chain[9_999] = [0];
        Assert.Equal(10_000, Assert.Single(DependencyGraph.FindCycles(chain)).Count);
    }
}
