namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>What one form of a word may mean.</summary>
/// <param name="Rank">Listed forms are 0, inflected nouns and adjectives 1, inflected verbs 2.</param>
/// <param name="OnlyAtStart">Means this only where a sentence starts.</param>
internal sealed record Reading(IReadOnlyList<Concept> Concepts, int Rank, LetterCase Case, bool OnlyAtStart = false, VerbUse Use = VerbUse.Order)
{
    public Concept First => Concepts[0];
}
