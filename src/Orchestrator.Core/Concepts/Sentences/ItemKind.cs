namespace Orchestrator.Core.Concepts.Sentences;

internal enum ItemKind
{
    Verb,

    /// <summary>A kind of content: article, email.</summary>
    Type,

    /// <summary>Whoever or whatever can act or receive: a party, a named thing.</summary>
    Participant,

    /// <summary>Any other noun, adjective, sign or unknown word.</summary>
    Thing,

    Unit,
    Number,
    Role,
    Join,
    Negation,
    Time,
    Break,
}
