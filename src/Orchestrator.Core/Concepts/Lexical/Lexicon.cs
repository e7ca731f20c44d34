using Orchestrator.Core.Concepts.Forms;
using Orchestrator.Core.Concepts.Text;

namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>The concepts that are known, by every form of their words. It never changes once it is read.</summary>
internal sealed class Lexicon
{
    private static readonly Lazy<Lexicon> Own = new(() => Read(EmbeddedText.Names("Lexicon/").SelectMany(EmbeddedText.Lines)));

    private readonly FormIndex _italian = new(ItalianForms.Root);
    private readonly FormIndex _english = new(EnglishForms.Root);

    private Lexicon(IReadOnlyCollection<LexiconLine> lines)
    {
        var concepts = new Dictionary<string, Concept>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => !line.Name.Contains('+', StringComparison.Ordinal)))
        {
            if (!concepts.TryAdd(line.Name, line.Concept) && concepts[line.Name] != line.Concept)
            {
                throw new FormatException($"Two lines of the lexicon make different concepts of '{line.Name}'.");
            }
        }

        foreach (var line in lines)
        {
            var meant = line.Name.Split('+')
                .Select(name => concepts.GetValueOrDefault(name) ?? throw new FormatException($"The lexicon has no concept '{name}'."))
                .ToList();
            line.AddTo(_italian, Language.Italian, meant);
            line.AddTo(_english, Language.English, meant);
        }

        Count = concepts.Values.Count(concept => !concept.IsFunction);
    }

    /// <summary>The lexicon that comes with this assembly.</summary>
    public static Lexicon BuiltIn => Own.Value;

    /// <summary>How many concepts there are, without the function words.</summary>
    public int Count { get; }

    /// <exception cref="FormatException">A line is not in the documented format.</exception>
    public static Lexicon Read(IEnumerable<string> lines) => new([.. lines.Select(LexiconLine.Parse)]);

    /// <summary>What a word may mean in a language, the likeliest first.</summary>
    public IReadOnlyList<Reading> Readings(Language language, Token token)
    {
        var readings = this[language].Readings(token.Exact, token.Folded);
        return readings.Count > 0 || language != Language.Italian ? readings
            : ItalianVerbForms.WithoutPronoun(token.Folded)
                .Select(verb => _italian.Readings(verb, verb))
                .FirstOrDefault(found => found.Any(reading => reading is { First.Class: WordClass.Verb, Use: VerbUse.Order, OnlyAtStart: false })) ?? readings;
    }

    public FormIndex this[Language language] => language == Language.Italian ? _italian : _english;
}
