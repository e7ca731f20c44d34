namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>One line of the lexicon, without its words.</summary>
internal sealed record Concept(string Name, WordClass Class)
{
    /// <summary>Making its result is doing it.</summary>
    public bool IsResult { get; init; }

    /// <summary>Falls away before a verb with <see cref="IsResult"/>.</summary>
    public bool Makes { get; init; }

    /// <summary>Falls away before any verb.</summary>
    public bool IsLight { get; init; }

    /// <summary>The order of its objects says nothing.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>The name of a concept that adds nothing beside this one, or null.</summary>
    public string? Implies { get; init; }

    /// <summary>It holds sentences together and is no concept of a task.</summary>
    public bool IsFunction => Class >= WordClass.Determiner;

    /// <summary>It can act or receive, so its place in the sentence matters.</summary>
    public bool TakesPart => Class is WordClass.Party or WordClass.Name;

    /// <summary>It says what a text is about; a name or a number alone does not.</summary>
    public bool IsTelling => Class <= WordClass.Party;
}
