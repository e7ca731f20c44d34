namespace Orchestrator.Core.Concepts.Forms;

/// <summary>The regular inflected forms of an Italian noun or adjective, from its singular, without accents.</summary>
internal static class ItalianForms
{
    private const int ShortestInflected = 3;

    public static IEnumerable<string> OfNoun(string word)
    {
        if (word.Length < ShortestInflected)
        {
            return [];
        }

        var root = word[..^1];
        return word[^1] switch
        {
            'o' => MasculinePlurals(root),
            'a' => FemininePlurals(word, root),
            'e' => [root + "i"],
            _ => [],
        };
    }

    public static IEnumerable<string> OfAdjective(string word)
    {
        if (word.Length < ShortestInflected || word[^1] != 'o')
        {
            return OfNoun(word);
        }

        var root = word[..^1];
        return [.. MasculinePlurals(root), root + "a", root + (EndsHard(root) ? "he" : "e")];
    }

    /// <summary>The part of a word that singular and plural, masculine and feminine share: the key under which phrases are found.</summary>
    public static string Root(string word)
    {
        if (word.Length <= ShortestInflected || word[^1] is not ('a' or 'e' or 'i' or 'o'))
        {
            return word;
        }

        var root = word[..^1];
        return root[^1] is 'h' or 'i' && root.Length > ShortestInflected ? root[..^1] : root;
    }

    // Amico has amici and luogo has luoghi; which of the two a word has must be learnt, so both are taken.
    private static IEnumerable<string> MasculinePlurals(string root) =>
        EndsHard(root) ? [root + "i", root + "hi"] : root.EndsWith('i') ? [root] : [root + "i"];

    private static IEnumerable<string> FemininePlurals(string word, string root)
    {
        if (EndsHard(root))
        {
            return [root + "he"];
        }

        if (root.EndsWith("ci", StringComparison.Ordinal) || root.EndsWith("gi", StringComparison.Ordinal))
        {
            return [root + "e", root[..^1] + "e"];
        }

        return word.EndsWith("ista", StringComparison.Ordinal) || word.EndsWith("ma", StringComparison.Ordinal) ? [root + "e", root + "i"] : [root + "e"];
    }

    private static bool EndsHard(string root) => root[^1] is 'c' or 'g';
}
