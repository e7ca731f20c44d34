using Orchestrator.Core.Concepts.Forms;

namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>One line of the lexicon: a concept and its words.</summary>
internal sealed class LexiconLine
{
    private readonly Dictionary<string, IReadOnlyList<string>> _words = [];

    private LexiconLine(string name, Concept concept)
    {
        Name = name;
        Concept = concept;
    }

    public string Name { get; }

    public Concept Concept { get; }

    public static LexiconLine Parse(string text)
    {
        var fields = text.Split('|', StringSplitOptions.TrimEntries);
        if (fields.Length < 3)
        {
            throw new FormatException($"A line of the lexicon has a name, a class and words: '{text}'.");
        }

        var line = new LexiconLine(fields[0], ParseConcept(fields[0], fields[1].Split(' '), text));
        foreach (var field in fields[2..])
        {
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            var part = colon < 0 ? string.Empty : field[..colon];
            if (part is not ("it" or "en" or "any") || !line._words.TryAdd(part, field[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries)))
            {
                throw new FormatException($"The words of a line of the lexicon stand under it, en and any, once each: '{text}'.");
            }
        }

        return line;
    }

    public void AddTo(FormIndex index, Language language, IReadOnlyList<Concept> concepts)
    {
        var own = language == Language.Italian ? "it" : "en";
        foreach (var word in _words.GetValueOrDefault(own, []).Concat(_words.GetValueOrDefault("any", [])))
        {
            // A word of both languages is inflected as an English one in both: "i blog", "i blogs".
            var inflected = _words.GetValueOrDefault(own, []).Contains(word) ? language : Language.English;
            Add(index, LexiconWord.Parse(word), inflected, concepts);
        }
    }

    private static Concept ParseConcept(string name, string[] attributes, string text)
    {
        if (!Enum.TryParse<WordClass>(attributes[0], ignoreCase: true, out var wordClass))
        {
            throw new FormatException($"A line of the lexicon has an unknown class: '{text}'.");
        }

        var concept = new Concept(name, wordClass);
        foreach (var attribute in attributes[1..])
        {
            concept = attribute switch
            {
                "result" => concept with { IsResult = true },
                "makes" => concept with { Makes = true },
                "light" => concept with { IsLight = true },
                "symmetric" => concept with { IsSymmetric = true },
                _ when attribute.StartsWith("implies:", StringComparison.Ordinal) => concept with { Implies = attribute["implies:".Length..] },
                _ => throw new FormatException($"A line of the lexicon has an unknown attribute: '{text}'."),
            };
        }

        return concept;
    }

    private static void Add(FormIndex index, LexiconWord word, Language language, IReadOnlyList<Concept> concepts)
    {
        var first = word.Tokens[0];
        var isVerb = concepts[0].Class == WordClass.Verb;
        var isInfinitive = language == Language.Italian && ItalianVerbForms.IsInfinitive(first.Folded);
        var isAct = language == Language.Italian ? !isInfinitive : EnglishForms.IsNoun(first.Folded);
        var use = word.IsParticiple ? VerbUse.Participle : isAct && !word.IsOrder ? VerbUse.Act : VerbUse.Order;
        var reading = new Reading(concepts, 0, word.Case, word.OnlyAtStart, use);
        var forms = Forms(word, language, concepts[0].Class, reading);

        if (word.Tokens.Count == 1)
        {
            index.AddWord(first.Exact, reading);
            if (first.Folded != first.Exact)
            {
                // Typed without its accent it yields to what is written so: "è" is not "e".
                index.AddWord(first.Folded, reading with { Rank = 1 });
            }

            foreach (var (form, inflected) in forms)
            {
                index.AddWord(form, inflected);
            }

            return;
        }

        var rest = word.Tokens.Skip(1).Select(token => token.Folded).ToArray();
        index.AddPhrase([first.Folded, .. rest], reading);
        if (isVerb)
        {
            foreach (var (form, inflected) in forms)
            {
                index.AddPhrase([form, .. rest], inflected);
            }
        }
    }

    private static IEnumerable<(string Form, Reading Reading)> Forms(LexiconWord word, Language language, WordClass wordClass, Reading reading)
    {
        var text = word.Tokens[0].Folded;
        if (word.IsExact || word.OnlyAtStart || word.IsParticiple || wordClass >= WordClass.Name)
        {
            return [];
        }

        if (wordClass == WordClass.Verb && (language == Language.English || ItalianVerbForms.IsInfinitive(text)))
        {
            var forms = language == Language.English ? EnglishForms.OfVerb(text) : ItalianVerbForms.Of(text);
            var uses = Enum.GetValues<VerbUse>().Select(use => reading with { Rank = 2, Use = use }).ToArray();
            return forms.Select(form => (form.Text, uses[(int)form.Use]));
        }

        var nouns = language == Language.English ? EnglishForms.OfNoun(text)
            : wordClass == WordClass.Adj ? ItalianForms.OfAdjective(text)
            : word.IsOrder ? []
            : ItalianForms.OfNoun(text);
        var inflected = reading with { Rank = 1 };
        return nouns.Select(form => (form, inflected));
    }
}
