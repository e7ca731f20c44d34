namespace Orchestrator.Core.Concepts.Forms;

/// <summary>The key of a word that no line of the lexicon knows.</summary>
internal static class UnknownWord
{
    private const int ShortestInflected = 5;

    /// <summary>
    /// Singular and plural get one key, and nothing else does: an English s goes, an Italian plural in -i or -e becomes the
    /// singular in -o or -a. The language need not be known, because every word goes the same way. Masculine and feminine stay
    /// apart, as do words of the same root: "partito" and "partita" are different things.
    /// </summary>
    public static string Key(string word)
    {
        var singular = word.Length >= ShortestInflected ? EnglishForms.Root(word) : word;
        if (singular.Length < ShortestInflected)
        {
            return singular;
        }

        var root = singular[..^1];
        return singular[^1] switch
        {
            'i' => WithoutHard(root) + "o",
            'e' => WithoutHard(root) + "a",
            _ => singular,
        };
    }

    private static string WithoutHard(string root) =>
        root.EndsWith("ch", StringComparison.Ordinal) || root.EndsWith("gh", StringComparison.Ordinal) ? root[..^1] : root;
}
