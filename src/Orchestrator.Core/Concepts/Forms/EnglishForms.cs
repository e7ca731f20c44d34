using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Forms;

/// <summary>The regular inflected forms of an English word, from its base form.</summary>
internal static class EnglishForms
{
    private const string Vowels = "aeiou";
    private const int ShortestInflected = 3;

    // Endings of nouns made from verbs.
    private static readonly string[] NounEndings = ["ion", "ment", "sis", "ses", "ance", "ence", "val", "sal", "ery", "ary", "son", "ice", "growth"];

    public static IEnumerable<string> OfNoun(string word) => word.Length < 2 ? [] : [Plural(word)];

    public static IEnumerable<VerbForm> OfVerb(string word)
    {
        if (word.Length < ShortestInflected)
        {
            yield break;
        }

        yield return new VerbForm(Plural(word), IsNoun(word) ? VerbUse.Act : VerbUse.Order);
        foreach (var stem in Stems(word))
        {
            yield return new VerbForm(stem + "ed", VerbUse.Participle);
            yield return new VerbForm(stem + "ing");
        }

        if (EndsConsonantY(word))
        {
            yield return new VerbForm(word[..^1] + "ied", VerbUse.Participle);
        }
    }

    /// <summary>Whether a word for an act is a noun: summary, translation.</summary>
    public static bool IsNoun(string word) => NounEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>What singular and plural share: the key under which phrases and unknown words are found.</summary>
    public static string Root(string word)
    {
        if (word.Length <= ShortestInflected)
        {
            return word;
        }

        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word[..^3] + "y";
        }

        // Box has boxes and house has houses, so what ends in a sibilant loses its e in both numbers; -che may be Italian.
        var singular = word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
        return singular[^1] == 'e' && EndsSibilant(singular[..^1]) && !IsOnlyCh(singular[..^1]) ? singular[..^1] : singular;
    }

    private static bool IsOnlyCh(string word) => word.EndsWith("ch", StringComparison.Ordinal) && !word.EndsWith("tch", StringComparison.Ordinal);

    private static string Plural(string word) =>
        EndsConsonantY(word) ? word[..^1] + "ies" : EndsSibilant(word) ? word + "es" : word + "s";

    // Write loses its e, plan doubles its n; which words double must be learnt, so both are taken.
    private static IEnumerable<string> Stems(string word)
    {
        if (word[^1] == 'e')
        {
            return [word[..^1]];
        }

        var doubles = !Vowels.Contains(word[^1]) && Vowels.Contains(word[^2]) && !Vowels.Contains(word[^3]) && word[^1] is not ('w' or 'x' or 'y');
        return doubles ? [word, word + word[^1]] : [word];
    }

    private static bool EndsConsonantY(string word) => word[^1] == 'y' && !Vowels.Contains(word[^2]);

    private static bool EndsSibilant(string word) =>
        word.Length > 1 && (word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal));
}
