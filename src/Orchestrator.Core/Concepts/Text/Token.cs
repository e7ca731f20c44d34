namespace Orchestrator.Core.Concepts.Text;

/// <summary>One word, number or sign of a text.</summary>
/// <param name="Exact">In small letters, with its marks after their base letters.</param>
/// <param name="Folded">In small letters, without the marks of Latin letters.</param>
/// <param name="Capital">It starts with a capital, in a text that is not all capitals.</param>
/// <param name="AllCapitals">All its letters are capitals, in a text that is not all capitals.</param>
internal sealed record Token(TokenKind Kind, string Exact, string Folded, bool Capital = false, bool AllCapitals = false)
{
    public bool IsWordlike => Kind is not (TokenKind.Comma or TokenKind.Break);
}
