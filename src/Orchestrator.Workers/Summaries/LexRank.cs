namespace Orchestrator.Workers.Summaries;

/// <summary>
/// How central each sentence is: the stationary distribution of a walk that goes from sentence to sentence in proportion to their
/// similarity (continuous LexRank; Erkan and Radev, 2004).
/// </summary>
internal static class LexRank
{
    private const float LeastSimilarity = 0.05f;
    private const double Damping = 0.85;
    private const double Tolerance = 1e-7;
    private const int MaxRounds = 100;

    public static double[] Rank(IReadOnlyList<TermVector> vectors, CancellationToken cancellationToken)
    {
        var edges = Edges(vectors, cancellationToken);
        var count = vectors.Count;
        var totals = edges.Select(list => list.Sum(edge => (double)edge.Weight)).ToArray();
        var rank = new double[count];
        var next = new double[count];
        Array.Fill(rank, 1.0 / count);
        for (var round = 0; round < MaxRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The walk leaves a sentence that resembles no other for anywhere.
            var lost = 0.0;
            for (var i = 0; i < count; i++)
            {
                lost += totals[i] == 0 ? rank[i] : 0;
            }

            Array.Fill(next, ((1 - Damping) + (Damping * lost)) / count);
            for (var i = 0; i < count; i++)
            {
                foreach (var (target, weight) in edges[i])
                {
                    next[target] += Damping * rank[i] * weight / totals[i];
                }
            }

            var change = rank.Zip(next, (before, after) => Math.Abs(before - after)).Sum();
            (rank, next) = (next, rank);
            if (change < Tolerance)
            {
                break;
            }
        }

        return rank;
    }

    /// <summary>Finds similar pairs through the terms they share; most pairs share none and are never looked at.</summary>
    private static List<(int Target, float Weight)>[] Edges(IReadOnlyList<TermVector> vectors, CancellationToken cancellationToken)
    {
        var holders = new Dictionary<int, List<(int Sentence, float Weight)>>();
        var edges = new List<(int Target, float Weight)>[vectors.Count];
        var similarity = new float[vectors.Count];
        for (var i = 0; i < vectors.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            edges[i] = [];
            Array.Clear(similarity, 0, i);
            var (terms, weights) = vectors[i];
            for (var t = 0; t < terms.Length; t++)
            {
                if (!holders.TryGetValue(terms[t], out var list))
                {
                    holders.Add(terms[t], list = []);
                }

                foreach (var (sentence, weight) in list)
                {
                    similarity[sentence] += weight * weights[t];
                }

                list.Add((i, weights[t]));
            }

            for (var j = 0; j < i; j++)
            {
                if (similarity[j] >= LeastSimilarity)
                {
                    edges[i].Add((j, similarity[j]));
                    edges[j].Add((i, similarity[j]));
                }
            }
        }

        return edges;
    }
}
