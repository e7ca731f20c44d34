namespace Orchestrator.Workers.Summaries;

/// <summary>Keeps the sentences of a short quotation together: the first alone would open quotes that nothing closes.</summary>
internal static class Quotations
{
    /// <summary>How many sentences are added at most to find the end of a quotation; what ends later stays in pieces.</summary>
    private const int MostAdded = 3;

    /// <summary>The most characters of sentences joined.</summary>
    private const int Longest = 600;

    /// <returns>The sentences in order, those joined that one quotation runs through.</returns>
    public static List<Segment> Join(string text, List<Segment> sentences)
    {
        var joined = new List<Segment>(sentences.Count);
        for (var i = 0; i < sentences.Count; i++)
        {
            var first = sentences[i];
            var last = LastOf(text, sentences, i);
            joined.Add(first with { Length = sentences[last].Start + sentences[last].Length - first.Start });
            i = last;
        }

        return joined;
    }

    private static int LastOf(string text, List<Segment> sentences, int first)
    {
        var closers = string.Empty;
        for (var i = first; i < sentences.Count && i <= first + MostAdded; i++)
        {
            if (i > first && !Follows(text, sentences, first, i))
            {
                return first;
            }

            var end = sentences[i].Start + sentences[i].Length;
            for (var at = sentences[i].Start; at < end; at++)
            {
                if (closers.Contains(text[at], StringComparison.Ordinal) && !(IsEitherWay(text[at]) && Opens(text, at)))
                {
                    closers = string.Empty;
                }
                else if (ClosersOf(text, at) is { } mine)
                {
                    if (i > first && closers.Length > 0)
                    {
                        // A quotation within one that never closed: the mark before was a stray one.
                        return first;
                    }

                    closers = mine;
                }
            }

            if (closers.Length == 0)
            {
                return i;
            }
        }

        return first;
    }

    private static bool Follows(string text, List<Segment> sentences, int first, int at)
    {
        var (one, other) = (sentences[at - 1], sentences[at]);
        return one.Paragraph == other.Paragraph
            && other.Start + other.Length - sentences[first].Start <= Longest
            && text.AsSpan(one.Start + one.Length, other.Start - one.Start - one.Length).IsWhiteSpace();
    }

    /// <summary>What closes the quotation that the mark opens; null when it opens none. Single quotes are apostrophes as often, and open none.</summary>
    private static string? ClosersOf(string text, int at) => text[at] switch
    {
        '「' => "」",
        '『' => "』",
        '“' => "”",
        '„' => "“”\"",
        '«' => "»",
        '»' when Opens(text, at) => "«",
        '”' when Opens(text, at) => "”",
        '"' when Opens(text, at) => "\"",
        '＂' when Opens(text, at) => "＂",
        _ => null,
    };

    /// <summary>Marks that look the same at both ends of a quotation.</summary>
    private static bool IsEitherWay(char c) => c is '"' or '＂';

    /// <summary>Whether the mark stands before a word, and not after one as an inch sign does.</summary>
    private static bool Opens(string text, int at) =>
        (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '(' or '[' or '—' or '–' or ':' or '：' or '，' or '¿' or '¡')
        && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
}
