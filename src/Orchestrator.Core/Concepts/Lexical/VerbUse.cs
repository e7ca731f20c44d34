namespace Orchestrator.Core.Concepts.Lexical;

/// <summary>What a form of a verb's word says.</summary>
internal enum VerbUse
{
    /// <summary>What to do: translate, tradurre, traduci.</summary>
    Order,

    /// <summary>The act, or what comes of it: translation, traduzione.</summary>
    Act,

    /// <summary>What was done: translated, tradotto.</summary>
    Participle,
}
