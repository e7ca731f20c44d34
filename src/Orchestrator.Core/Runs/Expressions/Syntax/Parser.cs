using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Templates;

namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>Makes a tree of the tokens of an expression. Only what stands within brackets or behind a <c>?</c> makes it deeper, and that is bounded.</summary>
internal sealed partial class Parser(IReadOnlyList<Token> tokens, Reads reads, TemplatePath path)
{
    public const int MaxDepth = 64;

    /// <summary>The operators from left to right, the loosest rank first.</summary>
    private static readonly string[][] Ranks = [["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    private int _at;
    private int _depth;

    private Token Current => tokens[_at];

    public Node Parse()
    {
        var node = ParseConditional();
        return Current.Kind == TokenKind.End ? node : throw Fail(Current, $"{Current} is not expected here.{Hint(Current.Text)}");
    }

    private Node ParseConditional()
    {
        Deepen();
        var node = ParseLogic();
        if (Takes("?"))
        {
            var yes = ParseConditional();
            Expect(":");
            node = new ConditionalNode(node.Position, node, yes, ParseConditional());
        }

        _depth--;
        return node;
    }

    /// <summary><c>??</c> has the rank of <c>||</c> and, as in JavaScript, needs brackets beside it.</summary>
    private Node ParseLogic()
    {
        var first = ParseRank(0);
        if (!Current.Is("??"))
        {
            var node = ParseOr(first);
            return Current.Is("??") ? throw MixedRanks() : node;
        }

        var parts = new List<Node> { first };
        while (Takes("??"))
        {
            parts.Add(ParseRank(0));
        }

        return Current.Is("&&") || Current.Is("||") ? throw MixedRanks() : new CoalesceNode(first.Position, [.. parts]);
    }

    private Node ParseOr(Node first)
    {
        var conditions = new List<Node> { ParseAnd(first) };
        while (Takes("||"))
        {
            conditions.Add(ParseAnd(ParseRank(0)));
        }

        return conditions.Count == 1 ? conditions[0] : new LogicNode(first.Position, isAnd: false, [.. conditions]);
    }

    private Node ParseAnd(Node first)
    {
        var conditions = new List<Node> { first };
        while (Takes("&&"))
        {
            conditions.Add(ParseRank(0));
        }

        return conditions.Count == 1 ? first : new LogicNode(first.Position, isAnd: true, [.. conditions]);
    }

    private Node ParseRank(int rank)
    {
        if (rank == Ranks.Length)
        {
            return ParseUnary();
        }

        var first = ParseRank(rank + 1);
        var links = new List<(Token, Node)>();
        while (Current.Kind == TokenKind.Symbol && Ranks[rank].Contains(Current.Text))
        {
            links.Add((tokens[_at++], ParseRank(rank + 1)));
        }

        return links.Count == 0 ? first : new ChainNode(first.Position, first, [.. links]);
    }

    private Node ParseUnary()
    {
        var begin = _at;
        while (Current.Is("!") || Current.Is("-"))
        {
            Deepen();
            _at++;
        }

        var end = _at;
        var node = ParsePath();
        for (var i = end - 1; i >= begin; i--)
        {
            node = new UnaryNode(tokens[i].Position, tokens[i].Is("!"), node);
            _depth--;
        }

        return node;
    }

    private static string Hint(string text) => text switch
    {
        "and" => " '&&' joins conditions.",
        "or" => " '||' joins conditions.",
        _ => "",
    };

    private void Deepen()
    {
        if (++_depth > MaxDepth)
        {
            throw Fail(Current, $"The expression is nested deeper than {MaxDepth} levels.");
        }
    }

    private bool Takes(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Takes(symbol))
        {
            throw Fail(Current, $"'{symbol}' is expected here, not {Current}.");
        }
    }

    private ExpressionException MixedRanks() => Fail(Current, $"{Current} beside '&&', '||' or '??' needs brackets: say which belong together.");

    private ExpressionException Fail(Token token, string message) => new(message, token.Position, path.ToString());
}
