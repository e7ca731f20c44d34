using System.Text;
using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Templates;

namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>Finds and parses the expressions in texts.</summary>
internal static class ExpressionText
{
    public const string Open = "${{";

    /// <summary>A text that is an expression, with or without braces around it.</summary>
    public static Node ParseAlone(string text, Reads reads)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        if (!StartsAt(text, start, Open))
        {
            return Parse(text, 0, braced: false, reads, TemplatePath.Root, out _);
        }

        var node = Parse(text, start + Open.Length, braced: true, reads, TemplatePath.Root, out var next);
        next = text.Length - text.AsSpan(next).TrimStart().Length;
        return next == text.Length ? node : throw new ExpressionException("Only one expression stands here, and nothing besides it.", next);
    }

    /// <summary>The parts of a text: <see cref="string"/> for what is taken as it is, <see cref="Node"/> for expressions.</summary>
    public static IReadOnlyList<object> ParseParts(string text, Reads reads, TemplatePath path)
    {
        var parts = new List<object>();
        var literal = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var dollar = text.IndexOf('$', at);
            literal.Append(text, at, (dollar < 0 ? text.Length : dollar) - at);
            if (dollar < 0)
            {
                break;
            }

            if (StartsAt(text, dollar, Open))
            {
                Flush(literal, parts);
                parts.Add(Parse(text, dollar + Open.Length, braced: true, reads, path, out at));
            }
            else if (StartsAt(text, dollar + 1, Open))
            {
                literal.Append(Open);
                at = dollar + 1 + Open.Length;
            }
            else
            {
                literal.Append('$');
                at = dollar + 1;
            }
        }

        Flush(literal, parts);
        return parts;
    }

    private static Node Parse(string text, int start, bool braced, Reads reads, TemplatePath path, out int next)
    {
        var lexer = new Lexer(text, start, braced, path);
        var tokens = lexer.Read();
        next = lexer.Next;
        return tokens.Count > 1 ? new Parser(tokens, reads, path).Parse() : throw new ExpressionException("The expression is empty.", start, path.ToString());
    }

    private static void Flush(StringBuilder literal, List<object> parts)
    {
        if (literal.Length > 0)
        {
            parts.Add(literal.ToString());
            literal.Clear();
        }
    }

    private static bool StartsAt(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;
}
