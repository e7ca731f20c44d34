using System.Text;
using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Templates;

namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>Finds and parses the expressions in texts.</summary>
internal static class ExpressionText
{
    public const string Open = "${{";
    private const string Close = "}}";

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
    /// <param name="tell">Gets each expression that is none, and says whether to look for more of them; null for the first to be thrown.</param>
    public static IReadOnlyList<object> ParseParts(string text, Reads reads, TemplatePath path, Func<ExpressionException, bool>? tell = null)
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
                var next = 0;
                try
                {
                    parts.Add(Parse(text, dollar + Open.Length, braced: true, reads, path, out next));
                }
                catch (ExpressionException exception) when (tell is not null)
                {
                    next = !tell(exception) ? text.Length : next > 0 ? next : FindEnd(text, Math.Max(dollar + Open.Length, exception.Position));
                }

                at = next;
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

    /// <summary>Where a text probably goes on after an expression that cannot even be split.</summary>
    private static int FindEnd(string text, int at) => text.IndexOf(Close, Math.Min(at, text.Length), StringComparison.Ordinal) is var end and >= 0 ? end + Close.Length : text.Length;

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
