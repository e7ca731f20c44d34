namespace Orchestrator.Core.Concepts;

/// <summary>What a text asks for, free of its wording.</summary>
public sealed class ConceptSet
{
    internal ConceptSet(
        IReadOnlyList<IReadOnlyList<string>> clauses,
        IReadOnlyList<IReadOnlyList<string>> facts,
        IReadOnlyDictionary<string, ConceptRole> subjects,
        bool isRecognised,
        string? remainder)
    {
        Clauses = clauses;
        Facts = facts;
        Subjects = subjects;
        IsRecognised = isRecognised;
        Remainder = remainder;
    }

    /// <summary>
    /// One list for each thing to do, in the order in which they are to happen; in each the concepts in order of their names.
    /// A word of the lexicon shows its concept's name, an unknown one itself after an apostrophe, a number a hash.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Clauses { get; }

    /// <summary>Of every clause what must be equal however alike two texts are: verbs, negations, kinds of content, names, numbers.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Facts { get; }

    /// <summary>
    /// What it is about and what is to be done, wherever it stands in a sentence, by the names of the concepts; without numbers and
    /// what is negated.
    /// </summary>
    public IReadOnlyDictionary<string, ConceptRole> Subjects { get; }

    /// <summary>Whether at least one word is known to the lexicon; where none is, the text says nothing but itself.</summary>
    public bool IsRecognised { get; }

    /// <summary>The SHA-256 of what follows <see cref="ConceptNormaliser.MaxReadLength"/>, or null when the text is no longer.</summary>
    public string? Remainder { get; }

    /// <summary>How much two texts have in common, from 0 to 1: the shared concepts over all concepts (Jaccard, 1901).</summary>
    public double Similarity(ConceptSet other)
    {
        var own = Clauses.SelectMany(clause => clause).ToHashSet(StringComparer.Ordinal);
        var all = own.ToHashSet(StringComparer.Ordinal);
        all.UnionWith(other.Clauses.SelectMany(clause => clause));
        own.IntersectWith(other.Clauses.SelectMany(clause => clause));
        return all.Count == 0 ? 0 : (double)own.Count / all.Count;
    }

    public override string ToString() => string.Join(" | ", Clauses.Select(clause => string.Join(", ", clause)));
}
