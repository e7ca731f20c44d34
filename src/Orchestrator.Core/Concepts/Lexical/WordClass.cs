namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>What a concept does in a sentence; the lexicon's first file explains each.</summary>
internal enum WordClass
{
    Verb,
    Type,
    Noun,
    Adj,
    Party,
    Name,
    Unit,
    Number,
    Determiner,
    Stop,
    Role,
    Join,
    Negation,
    Time,
}
