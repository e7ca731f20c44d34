namespace Orchestrator.Core.Concepts.Text;

internal enum TokenKind
{
    Word,

    /// <summary>Digits with the separators between them.</summary>
    Number,

    /// <summary>An address: of a page, of a mailbox.</summary>
    Address,

    /// <summary>Currency and other signs, emoji; a run of them is one token.</summary>
    Symbol,

    Comma,

    /// <summary>What ends a sentence or a part of one.</summary>
    Break,
}
