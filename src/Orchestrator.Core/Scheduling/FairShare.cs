namespace Orchestrator.Core.Scheduling;

/// <summary>
/// Weighted fair share by stride scheduling (Waldspurger and Weihl, 1995): each grant advances a workspace's
/// <c>pass</c> by <c>1 / weight</c>, and the lowest pass is granted next.
/// </summary>
public static class FairShare
{
    /// <summary>Splits <paramref name="slots"/> among the candidates; the answer has one count a candidate, in their order.</summary>
    public static int[] Allot(int slots, IReadOnlyList<FairShareCandidate> candidates) =>
        Allot(slots, candidates, static _ => true);

    /// <summary>
    /// The same where a further condition holds: <paramref name="tryTake"/> is asked for each grant, with the candidate's
    /// index, and may refuse it. What was refused counts as looked at, and the candidate's next one is asked for.
    /// </summary>
    public static int[] Allot(int slots, IReadOnlyList<FairShareCandidate> candidates, Func<int, bool> tryTake)
    {
        var granted = new int[candidates.Count];
        var looked = new int[candidates.Count];
        var queue = new PriorityQueue<int, (double Pass, int Index)>();
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Ready > 0)
            {
                queue.Enqueue(i, (Advance(candidates[i].Pass, 1, candidates[i].Weight), i));
            }
        }

        while (slots > 0 && queue.TryDequeue(out var index, out _))
        {
            var candidate = candidates[index];
            if (tryTake(index))
            {
                slots--;
                granted[index]++;
            }

            if (++looked[index] < candidate.Ready)
            {
                queue.Enqueue(index, (Advance(candidate.Pass, granted[index] + 1, candidate.Weight), index));
            }
        }

        return granted;
    }

    /// <summary>The pass after <paramref name="grants"/> more grants.</summary>
    public static double Advance(double pass, int grants, double weight) => pass + (grants / weight);

    /// <summary>
    /// The pass with which a workspace takes part: behind the virtual time by at most <paramref name="credit"/> grants, so that
    /// a pause, or tasks that nobody serves, earn no more; and never ahead of its own past.
    /// </summary>
    /// <param name="own">Its pass when it last took part.</param>
    /// <param name="virtualTime">See <see cref="VirtualTime"/>.</param>
    public static double Join(double own, double virtualTime, int credit, double weight) =>
        Math.Max(own, virtualTime - (credit / weight));

    /// <summary>
    /// The virtual time after a turn: the highest pass at which anything was granted, never going back (start-time fair
    /// queuing; Goyal, Vin and Cheng, 1996).
    /// </summary>
    public static double VirtualTime(double before, double highestStart) => Math.Max(before, highestStart);
}
