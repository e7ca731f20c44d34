namespace Orchestrator.Workers.Summaries;

/// <summary>What is known of a sentence before its content is looked at: texts say first what matters, and fragments say little.</summary>
internal static class SentencePriors
{
    private const int FewTerms = 4;
    private const int ManyTerms = 40;

    /// <param name="position">The sentence's place among all, from 0.</param>
    /// <param name="opensParagraph">Whether it is the first of its paragraph.</param>
    /// <param name="terms">How many different terms it has that are no stop words.</param>
    public static double Of(int position, int sentences, bool opensParagraph, int terms)
    {
        var lead = Math.Exp(-position / Math.Max(3.0, sentences / 10.0));
        var place = 1 + (0.5 * lead) + (opensParagraph ? 0.1 : 0);
        var size = terms switch
        {
            < FewTerms => 0.2 + (0.2 * terms),
            > ManyTerms => Math.Sqrt(ManyTerms / (double)terms),
            _ => 1,
        };
        return place * size;
    }
}
