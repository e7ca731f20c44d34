using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>A word or phrase that says something, as it is understood.</summary>
/// <param name="Key">The concept's name; an unknown word after an apostrophe; a number after a hash.</param>
/// <param name="Concept">The lexicon's concept, or null.</param>
internal sealed record Item(ItemKind Kind, string Key, Concept? Concept = null, VerbUse Use = VerbUse.Order)
{
    public bool IsNounlike => Kind is ItemKind.Type or ItemKind.Participant || (Kind == ItemKind.Thing && Concept?.Class != WordClass.Adj);

    public static Item Of(Concept concept, VerbUse use) => new(KindOf(concept.Class), KeyOf(concept), concept, use);

    private static string KeyOf(Concept concept) => concept.Class == WordClass.Number ? "#" + concept.Name : concept.Name;

    private static ItemKind KindOf(WordClass wordClass) => wordClass switch
    {
        WordClass.Verb => ItemKind.Verb,
        WordClass.Type => ItemKind.Type,
        WordClass.Party or WordClass.Name => ItemKind.Participant,
        WordClass.Unit => ItemKind.Unit,
        WordClass.Number => ItemKind.Number,
        WordClass.Role => ItemKind.Role,
        WordClass.Join => ItemKind.Join,
        WordClass.Negation => ItemKind.Negation,
        WordClass.Time => ItemKind.Time,
        _ => ItemKind.Thing,
    };
}
