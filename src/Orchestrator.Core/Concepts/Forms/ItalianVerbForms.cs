using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Forms;

/// <summary>The forms of a regular Italian verb in which work is asked for, from its infinitive, without accents.</summary>
internal static class ItalianVerbForms
{
    // Longer ones first.
    private static readonly string[] Pronouns =
        ["glielo", "gliela", "glieli", "gliele", "gliene", "melo", "mela", "celo", "cela", "gli", "lo", "la", "li", "le", "ne", "mi", "ci", "vi", "ti", "si"];

    private static readonly string[] Genders = ["o", "a", "i", "e"];
    private static readonly string[] Future = ["o", "ai", "a", "emo", "ete", "anno", "ebbe", "esti"];
    private static readonly string[] PresentFirst = ["o", "i", "a", "iamo", "ate", "ano", "ino", "assi", "asse", "assero", "ava", "avano", "ando"];
    private static readonly string[] PresentSecond = ["o", "i", "e", "iamo", "ete", "ono", "a", "ano", "essi", "esse", "essero", "eva", "evano", "endo"];
    private static readonly string[] PresentThird =
        ["o", "i", "e", "iamo", "ite", "ono", "a", "ano", "isco", "isci", "isce", "iscono", "isca", "iscano", "issi", "isse", "issero", "iva", "ivano", "endo"];

    public static bool IsInfinitive(string word) =>
        word.Length > 4 && (word.EndsWith("are", StringComparison.Ordinal) || word.EndsWith("ere", StringComparison.Ordinal)
            || word.EndsWith("ire", StringComparison.Ordinal) || word.EndsWith("rre", StringComparison.Ordinal)
            || word.EndsWith("arsi", StringComparison.Ordinal) || word.EndsWith("ersi", StringComparison.Ordinal) || word.EndsWith("irsi", StringComparison.Ordinal))
        || word is "fare" or "dare";

    /// <summary>What a word is without a pronoun at its end, as far as it may be a verb: scrivilo, scriverlo, scrivendolo, tradurlo.</summary>
    public static IEnumerable<string> WithoutPronoun(string word)
    {
        foreach (var pronoun in Pronouns.Where(pronoun => word.Length > pronoun.Length + 2 && word.EndsWith(pronoun, StringComparison.Ordinal)))
        {
            var verb = word[..^pronoun.Length];
            yield return verb;
            if (verb[^1] == 'r')
            {
                yield return verb + "e";
                yield return verb + "re";
            }
        }
    }

    public static IEnumerable<VerbForm> Of(string infinitive)
    {
        var verb = infinitive.EndsWith("rsi", StringComparison.Ordinal) ? infinitive[..^2] + "e" : infinitive;
        var body = verb[..^3];
        return verb[^3..] switch
        {
            "are" => Conjugate(verb, body, PresentFirst, "er", ["ato", "ata", "ati"]),
            "ire" => Conjugate(verb, body, PresentThird, "ir", ["ito", "ita", "iti"]),
            "ere" => Conjugate(verb, body, PresentSecond, "er", ["uto", "uta", "uti"]),
            _ => Contracted(verb),
        };
    }

    // Tradurre goes as "traducere" would, comporre as "componere"; future and infinitive keep the double r.
    private static IEnumerable<VerbForm> Contracted(string verb)
    {
        var body = verb[..^3];
        var (root, participle) = body[^1] switch
        {
            'u' => (body + "c", body[..^1] + "ott"),
            'o' => (body + "n", body + "st"),
            _ => (body + "gg", body + "tt"),
        };
        return Conjugate(verb, root, PresentSecond, string.Empty, [])
            .Concat(Future.Select(ending => new VerbForm(body + "rr" + ending)))
            .Concat(Genders.Select(ending => new VerbForm(participle + ending, VerbUse.Participle)));
    }

    private static IEnumerable<VerbForm> Conjugate(
        string infinitive, string root, string[] present, string future, string[] participles)
    {
        yield return new VerbForm(infinitive);
        if (root[^1] == 'i')
        {
            yield return new VerbForm(root + "i");
        }

        foreach (var ending in present)
        {
            yield return new VerbForm(Join(root, ending, present));
        }

        if (future.Length > 0)
        {
            foreach (var ending in Future)
            {
                yield return new VerbForm(Join(root, future + ending, present));
            }
        }

        foreach (var participle in participles)
        {
            yield return new VerbForm(root + participle, VerbUse.Participle);
        }
    }

    // Of the first conjugation: pubblicare keeps its hard c (pubblichi), lanciare and inviare lose their i (lanci, invii, invi).
    private static string Join(string root, string ending, string[] present)
    {
        if (present != PresentFirst || ending[0] is not ('e' or 'i'))
        {
            return root + ending;
        }

        return root[^1] switch
        {
            'c' or 'g' => root + "h" + ending,
            'i' when ending[0] == 'i' || root[^2] is 'c' or 'g' => root[..^1] + ending,
            _ => root + ending,
        };
    }
}
