namespace Orchestrator.Workers.Summaries;

/// <summary>Guesses a text's language by its script, else by whose stop words it uses.</summary>
internal static class LanguageGuess
{
    private const int Sample = 20_000;

    /// <summary>A language is guessed only where its stop words are this share of all words.</summary>
    private const double LeastShare = 0.15;

    public static string? Of(string text, Vocabulary vocabulary, IReadOnlyList<int[]> sentences) =>
        ByScript(text) ?? ByStopWords(vocabulary, sentences);

    private static string? ByScript(string text)
    {
        int kana = 0, han = 0, hangul = 0, letters = 0;
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, Sample)).EnumerateRunes())
        {
            letters += System.Text.Rune.IsLetter(rune) ? 1 : 0;
            kana += Scripts.IsKana(rune) ? 1 : 0;
            han += Scripts.IsHan(rune) ? 1 : 0;
            hangul += Scripts.IsHangul(rune) ? 1 : 0;
        }

        if (hangul * 2 > letters)
        {
            return "ko";
        }

        if ((kana + han) * 2 <= letters)
        {
            return null;
        }

        return kana * 10 > han ? "ja" : "zh";
    }

    private static string? ByStopWords(Vocabulary vocabulary, IReadOnlyList<int[]> sentences)
    {
        var counts = new int[vocabulary.Count];
        var total = 0;
        foreach (var term in sentences.SelectMany(terms => terms).Take(Sample))
        {
            counts[term]++;
            total++;
        }

        string? best = null;
        var most = 0;
        foreach (var language in StopWords.Languages.Order(StringComparer.Ordinal))
        {
            var hits = 0;
            for (var term = 0; term < counts.Length; term++)
            {
                hits += counts[term] > 0 && StopWords.Contains(language, vocabulary[term]) ? counts[term] : 0;
            }

            (best, most) = hits > most ? (language, hits) : (best, most);
        }

        return most >= total * LeastShare ? best : null;
    }
}
