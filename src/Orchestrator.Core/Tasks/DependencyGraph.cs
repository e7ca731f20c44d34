namespace Orchestrator.Core.Tasks;

/// <summary>Dependencies among the tasks of one submission.</summary>
public static class DependencyGraph
{
    /// <summary>
    /// The cycles, each as the nodes that reach one another in ascending order, by their lowest node: Tarjan's strongly
    /// connected components, without those of a single node that does not depend on itself. Its stack is its own, so a
    /// chain of any length is fine.
    /// </summary>
    /// <param name="dependencies">For each node the nodes that it depends on, all within the list.</param>
    public static IReadOnlyList<IReadOnlyList<int>> FindCycles(IReadOnlyList<IReadOnlyList<int>> dependencies)
    {
        var search = new Search(dependencies);
        for (var node = 0; node < dependencies.Count; node++)
        {
            search.Visit(node);
        }

        search.Cycles.Sort((left, right) => left[0].CompareTo(right[0]));
        return search.Cycles;
    }

    private sealed class Search(IReadOnlyList<IReadOnlyList<int>> dependencies)
    {
        // Zero means not visited yet; numbers count from one.
        private readonly int[] _number = new int[dependencies.Count];
        private readonly int[] _lowest = new int[dependencies.Count];
        private readonly bool[] _open = new bool[dependencies.Count];
        private readonly Stack<int> _component = new();
        private readonly Stack<(int Node, int NextEdge)> _path = new();
        private int _count;

        public List<IReadOnlyList<int>> Cycles { get; } = [];

        public void Visit(int root)
        {
            if (_number[root] != 0)
            {
                return;
            }

            Enter(root);
            while (_path.TryPop(out var step))
            {
                if (step.NextEdge < dependencies[step.Node].Count)
                {
                    _path.Push((step.Node, step.NextEdge + 1));
                    Follow(step.Node, dependencies[step.Node][step.NextEdge]);
                }
                else
                {
                    Leave(step.Node);
                }
            }
        }

        private void Enter(int node)
        {
            _number[node] = _lowest[node] = ++_count;
            _open[node] = true;
            _component.Push(node);
            _path.Push((node, 0));
        }

        private void Follow(int node, int target)
        {
            if (_number[target] == 0)
            {
                Enter(target);
            }
            else if (_open[target])
            {
                _lowest[node] = Math.Min(_lowest[node], _number[target]);
            }
        }

        private void Leave(int node)
        {
            if (_path.TryPeek(out var parent))
            {
                _lowest[parent.Node] = Math.Min(_lowest[parent.Node], _lowest[node]);
            }

            if (_lowest[node] == _number[node])
            {
                Close(node);
            }
        }

        private void Close(int root)
        {
            var members = new List<int>();
            int member;
            do
            {
                member = _component.Pop();
                _open[member] = false;
                members.Add(member);
            }
            while (member != root);

            if (members.Count > 1 || dependencies[root].Contains(root))
            {
                members.Sort();
                Cycles.Add(members);
            }
        }
    }
}
