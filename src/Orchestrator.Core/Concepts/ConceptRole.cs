namespace Orchestrator.Core.Concepts;

/// <summary>What a concept says of a text.</summary>
public enum ConceptRole
{
    /// <summary>What it is about: nouns, qualities, parties, names, words that the lexicon does not know.</summary>
    Topic,

    /// <summary>A kind of content: article, email.</summary>
    Content,

    /// <summary>What is to be done.</summary>
    Act,
}
