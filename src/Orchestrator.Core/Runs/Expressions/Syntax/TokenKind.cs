namespace Orchestrator.Core.Runs.Expressions.Syntax;

internal enum TokenKind
{
    /// <summary>The end of the text, or the <c>}}</c> that closes an expression in a template.</summary>
    End,
    Name,
    Number,
    Text,
    Symbol,
}
