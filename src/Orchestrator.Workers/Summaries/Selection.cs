namespace Orchestrator.Workers.Summaries;

/// <summary>Chooses sentences that score well and do not say the same (maximal marginal relevance; Carbonell and Goldstein, 1998).</summary>
internal static class Selection
{
    /// <summary>What the score weighs against likeness to what is chosen already.</summary>
    private const double Relevance = 0.7;

    /// <summary>From this likeness on, a sentence says the same again, and comes only when nothing else is left.</summary>
    private const float Repetition = 0.6f;

    /// <returns>Positions in <paramref name="scores"/>, ascending.</returns>
    public static int[] Choose(IReadOnlyList<double> scores, IReadOnlyList<TermVector> vectors, int count)
    {
        var chosen = new List<int>(count);
        var likeness = new float[scores.Count];
        while (chosen.Count < Math.Min(count, scores.Count))
        {
            var best = -1;
            var bestValue = double.NegativeInfinity;
            for (var i = 0; i < scores.Count; i++)
            {
                var value = (Relevance * scores[i]) - ((1 - Relevance) * likeness[i]) - (likeness[i] >= Repetition ? 1 : 0);
                if (value > bestValue && !chosen.Contains(i))
                {
                    (best, bestValue) = (i, value);
                }
            }

            chosen.Add(best);
            for (var i = 0; i < scores.Count; i++)
            {
                likeness[i] = Math.Max(likeness[i], vectors[i].Similarity(vectors[best]));
            }
        }

        chosen.Sort();
        return [.. chosen];
    }
}
