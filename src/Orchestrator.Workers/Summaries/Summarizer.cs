using System.Text;

namespace Orchestrator.Workers.Summaries;

/// <summary>The algorithm as a whole: sentences, terms, weights, centrality, choice.</summary>
internal static class Summarizer
{
    /// <summary>How many sentences are compared with each other; of longer texts the ones with the weightiest terms.</summary>
    private const int MostCandidates = 1_000;

    /// <summary>A term in more than this share of the sentences tells none of them apart.</summary>
    private const double CommonShare = 0.5;
    private const int LeastSentencesForCommon = 10;

    public static SummaryOutput Summarize(string text, int maxSentences, string? language, CancellationToken cancellationToken)
    {
        var sentences = Quotations.Join(text, SentenceSplitter.Split(text, cancellationToken).FindAll(segment => !segment.IsHeading));
        var vocabulary = new Vocabulary();
        var segmenter = new WordSegmenter(vocabulary);
        var terms = new List<int[]>(sentences.Count);
        var buffer = new List<int>();
        foreach (var sentence in sentences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Clear();
            segmenter.Segment(sentence.In(text), buffer);
            terms.Add([.. buffer]);
        }

        language ??= LanguageGuess.Of(text, vocabulary, terms);
        var weights = InverseFrequency(vocabulary, terms, language);
        var candidates = Candidates(terms, weights);
        var vectors = candidates.ConvertAll(candidate => TermVector.Of(terms[candidate], weights));
        var scores = Scores(sentences, candidates, vectors, cancellationToken);
        var chosen = Selection.Choose(scores, vectors, maxSentences)
            .Select(i => new SummarySentence(Clean(sentences[candidates[i]].In(text)), candidates[i], Math.Round(scores[i], 4)))
            .ToArray();
        return new SummaryOutput(Join(chosen), chosen, language, sentences.Count, segmenter.Words);
    }

    private static double[] InverseFrequency(Vocabulary vocabulary, List<int[]> sentences, string? language)
    {
        var holders = new int[vocabulary.Count];
        var last = new int[vocabulary.Count];
        for (var i = 0; i < sentences.Count; i++)
        {
            foreach (var term in sentences[i])
            {
                holders[term] += last[term] == i + 1 ? 0 : 1;
                last[term] = i + 1;
            }
        }

        var list = language?.Split('-')[0].ToLowerInvariant() ?? string.Empty;
        var weights = new double[vocabulary.Count];
        for (var term = 0; term < weights.Length; term++)
        {
            var common = sentences.Count >= LeastSentencesForCommon && holders[term] > sentences.Count * CommonShare;
            var stop = common || vocabulary[term].Length == 1 || StopWords.Contains(list, vocabulary[term]);
            weights[term] = stop ? 0 : Math.Log(1 + (sentences.Count / (double)holders[term]));
        }

        return weights;
    }

    private static List<int> Candidates(List<int[]> sentences, double[] weights)
    {
        var all = Enumerable.Range(0, sentences.Count);
        if (sentences.Count <= MostCandidates)
        {
            return [.. all];
        }

        var frequency = new int[weights.Length];
        foreach (var term in sentences.SelectMany(terms => terms))
        {
            frequency[term]++;
        }

        return
        [
            .. all.OrderByDescending(i => Weight(sentences[i])).Take(MostCandidates).Order(),
        ];

        // The mean over the sentence, as if it had at least a few terms: else fragments of one weighty word would win.
        double Weight(int[] terms) => terms.Sum(term => weights[term] > 0 ? Math.Log(1 + frequency[term]) : 0) / Math.Max(terms.Length, 12);
    }

    private static double[] Scores(List<Segment> sentences, List<int> candidates, List<TermVector> vectors, CancellationToken cancellationToken)
    {
        var scores = LexRank.Rank(vectors, cancellationToken);
        for (var i = 0; i < scores.Length; i++)
        {
            var at = candidates[i];
            var opens = at == 0 || sentences[at - 1].Paragraph != sentences[at].Paragraph;
            scores[i] *= SentencePriors.Of(at, sentences.Count, opens, vectors[i].Terms.Length);
        }

        var best = scores.DefaultIfEmpty(1).Max();
        return Array.ConvertAll(scores, score => score / best);
    }

    /// <summary>White space made single spaces, and none where lines of a script without spaces meet.</summary>
    private static string Clean(ReadOnlySpan<char> sentence)
    {
        var clean = new StringBuilder(sentence.Length);
        for (var i = 0; i < sentence.Length; i++)
        {
            if (!char.IsWhiteSpace(sentence[i]))
            {
                clean.Append(sentence[i]);
                continue;
            }

            while (char.IsWhiteSpace(sentence[i + 1]))
            {
                i++;
            }

            if (!Scripts.JoinsWithoutSpace(sentence[i + 1]) || !Scripts.JoinsWithoutSpace(clean[^1]))
            {
                clean.Append(' ');
            }
        }

        return clean.ToString();
    }

    private static string Join(SummarySentence[] sentences)
    {
        var summary = new StringBuilder();
        foreach (var sentence in sentences)
        {
            if (summary.Length > 0 && !Scripts.JoinsWithoutSpace(summary[^1]))
            {
                summary.Append(' ');
            }

            summary.Append(sentence.Text);
        }

        return summary.ToString();
    }
}
