namespace Orchestrator.Workers.Summaries;

/// <summary>A sentence as weighted terms of length 1: terms ascending, so that two vectors meet in one pass.</summary>
internal readonly record struct TermVector(int[] Terms, float[] Weights)
{
    /// <summary>Weights terms by how often they stand in the sentence and how few sentences have them (TF × IDF), without stop words.</summary>
    public static TermVector Of(int[] terms, double[] inverseFrequency)
    {
        var sorted = (int[])terms.Clone();
        Array.Sort(sorted);
        var ids = new List<int>(sorted.Length);
        var weights = new List<float>(sorted.Length);
        for (var i = 0; i < sorted.Length;)
        {
            var term = sorted[i];
            var count = 0;
            for (; i < sorted.Length && sorted[i] == term; i++)
            {
                count++;
            }

            if (inverseFrequency[term] > 0)
            {
                ids.Add(term);
                weights.Add((float)((1 + Math.Log(count)) * inverseFrequency[term]));
            }
        }

        var length = MathF.Sqrt(weights.Sum(weight => weight * weight));
        for (var i = 0; i < weights.Count; i++)
        {
            weights[i] /= length;
        }

        return new TermVector([.. ids], [.. weights]);
    }

    /// <summary>Cosine: 0 for nothing in common, 1 for the same terms.</summary>
    public float Similarity(in TermVector other)
    {
        var sum = 0f;
        for (int i = 0, j = 0; i < Terms.Length && j < other.Terms.Length;)
        {
            var order = Terms[i].CompareTo(other.Terms[j]);
            if (order == 0)
            {
                sum += Weights[i++] * other.Weights[j++];
            }
            else if (order < 0)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }
}
