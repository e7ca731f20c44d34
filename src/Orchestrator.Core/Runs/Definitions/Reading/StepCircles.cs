namespace Orchestrator.Core.Runs.Definitions.Reading;

/// <summary>The circles among steps.</summary>
internal static class StepCircles
{
    /// <summary>
    /// Circles such that none is left where one need of each is taken away; each as the steps in it, where each needs the next one and the
    /// last one needs the first.
    /// </summary>
    /// <param name="needs">For each step those that it needs, without itself.</param>
    public static IEnumerable<IReadOnlyList<int>> Find(IReadOnlyList<IReadOnlyList<int>> needs)
    {
        var done = new bool[needs.Count];
        for (var root = 0; root < needs.Count; root++)
        {
            if (done[root])
            {
                continue;
            }

            // A search in depth; a need that leads back onto its path closes a circle.
            var path = new List<int> { root };
            var next = new Stack<int>([0]);
            while (path.Count > 0)
            {
                var (step, at) = (path[^1], next.Pop());
                if (at == needs[step].Count)
                {
                    done[step] = true;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                next.Push(at + 1);
                var needed = needs[step][at];
                var start = done[needed] ? -1 : path.IndexOf(needed);
                if (start >= 0)
                {
                    yield return path[start..];
                }
                else if (!done[needed])
                {
                    path.Add(needed);
                    next.Push(0);
                }
            }
        }
    }
}
