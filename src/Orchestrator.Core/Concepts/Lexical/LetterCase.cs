namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>How a word of the lexicon is written.</summary>
internal enum LetterCase
{
    Small,
    Capital,
    AllCapitals,
}
