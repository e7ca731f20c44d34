namespace Orchestrator.Core.Concepts.Text;

internal enum CharacterKind
{
    /// <summary>Letters, digits and the underscore.</summary>
    Word,

    /// <summary>A mark on the character before it.</summary>
    Mark,

    /// <summary>Stands for itself: currency, mathematics, emoji, half of a surrogate pair.</summary>
    Symbol,

    /// <summary>Ends a sentence or a part of one.</summary>
    Break,

    Comma,

    Space,

    /// <summary>Punctuation that says nothing, or that only means something inside a word.</summary>
    Other,

    /// <summary>Not to be seen: directions, joiners, soft hyphens.</summary>
    Ignored,
}
