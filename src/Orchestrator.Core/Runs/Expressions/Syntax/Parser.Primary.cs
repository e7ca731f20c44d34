using Orchestrator.Core.Runs.Expressions.Functions;
using Orchestrator.Core.Runs.Expressions.Syntax.Nodes;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax;

/// <summary>What operators stand between: literals, paths, calls, and what is in brackets.</summary>
internal sealed partial class Parser
{
    private Node ParsePath()
    {
        var root = ParsePrimary();
        var segments = new List<Segment>();
        while (true)
        {
            if (Takes("."))
            {
                segments.Add(new Segment(Current.Position, TakeName("A name"), null));
            }
            else if (Takes("["))
            {
                segments.Add(ParseIndex());
            }
            else
            {
                return segments.Count == 0 ? root : new PathNode(root, [.. segments]);
            }
        }
    }

    private Segment ParseIndex()
    {
        var position = Current.Position;
        var index = Takes("*") ? null : ParseConditional();
        Expect("]");
        return new Segment(position, null, index);
    }

    private Node ParsePrimary()
    {
        var token = tokens[_at++];
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new LiteralNode(token.Position, Value.Of(Numbers.Parse(token.Text) ?? throw Fail(token, "This number is too large: it has more than 28 digits.")));
            case TokenKind.Text:
                return new LiteralNode(token.Position, Value.Of(token.Text));
            case TokenKind.Name:
                return Current.Is("(") ? ParseCall(token) : ParseName(token);
            default:
                return token.Is("(") ? ParseBrackets()
                    : token.Is("[") ? ParseArray(token)
                    : token.Is("{") ? ParseObject(token)
                    : throw Fail(token, $"A value is expected here, not {token}.");
        }
    }

    private Node ParseBrackets()
    {
        var node = ParseConditional();
        Expect(")");
        return node;
    }

    private ArrayNode ParseArray(Token begin) => new(begin.Position, ParseList("]"));

    private ObjectNode ParseObject(Token begin)
    {
        var members = new List<KeyValuePair<string, Node>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!Takes("}"))
        {
            Separate(members.Count, "}");
            var token = tokens[_at++];
            var name = token.Kind is TokenKind.Name or TokenKind.Text ? token.Text : throw Fail(token, $"The name of a member is expected here, not {token}.");
            if (!names.Add(name))
            {
                throw Fail(token, $"The member '{name}' stands twice in this object.");
            }

            Expect(":");
            members.Add(KeyValuePair.Create(name, ParseConditional()));
        }

        return new ObjectNode(begin.Position, [.. members]);
    }

    private CallNode ParseCall(Token name)
    {
        var function = FunctionTable.Find(name.Text)
            ?? throw Fail(name, $"There is no function '{name.Text}'; there are {string.Join(", ", FunctionTable.Names)}.");
        _at++;
        var arguments = ParseList(")");
        return arguments.Length >= function.Min && arguments.Length <= function.Max
            ? new CallNode(name.Position, function, arguments)
            : throw Fail(name, $"{name.Text} takes {Describe(function)}, not {arguments.Length}.");
    }

    private static string Describe(Function function) =>
        function.Max == Function.Any ? $"at least {Arguments(function.Min)}"
        : function.Min == function.Max ? Arguments(function.Min)
        : $"{function.Min} to {Arguments(function.Max)}";

    private static string Arguments(int count) => count == 1 ? "1 argument" : $"{count} arguments";

    private Node[] ParseList(string end)
    {
        var nodes = new List<Node>();
        while (!Takes(end))
        {
            Separate(nodes.Count, end);
            nodes.Add(ParseConditional());
        }

        return [.. nodes];
    }

    private void Separate(int count, string end)
    {
        if (count > 0 && !Takes(","))
        {
            throw Fail(Current, $"',' or '{end}' is expected here, not {Current}.");
        }
    }

    private Node ParseName(Token name)
    {
        switch (name.Text)
        {
            case "null":
                return new LiteralNode(name.Position, Value.Null);
            case "true" or "false":
                return new LiteralNode(name.Position, Value.Of(name.Text == "true"));
            case "run":
                reads.Run = true;
                return new RunNode(name.Position, TakeOneOf("run", RunNode.Members));
            case "steps":
                var step = TakeMember("The id of a step");
                reads.Steps.Add(step);
                return new StepNode(name.Position, step, TakeOneOf($"steps.{step}", StepNode.Members));
            default:
                return VariableNode.Names.Contains(name.Text) ? Variable(name) : throw Unknown(name);
        }
    }

    private VariableNode Variable(Token name)
    {
        reads.Variables.Add(name.Text);
        return new VariableNode(name.Position, name.Text);
    }

    private string TakeOneOf(string owner, IReadOnlyList<string> members)
    {
        var at = Current;
        var member = Current.Is(".") || Current.Is("[") ? TakeMember("A name") : null;
        return member is not null && members.Contains(member)
            ? member
            : throw Fail(member is null ? at : tokens[_at - 1].Is("]") ? tokens[_at - 2] : tokens[_at - 1], $"{owner} has {string.Join(", ", members.SkipLast(1))} and {members[^1]}{(member is null ? "; one of them is expected here" : $", no '{member}'")}.");
    }

    /// <summary><c>.name</c> or <c>['name']</c>.</summary>
    private string TakeMember(string what)
    {
        if (Takes("["))
        {
            var token = tokens[_at++];
            if (token.Kind != TokenKind.Text)
            {
                throw Fail(token, $"{what} in quotes is expected here, not {token}: it must be known before the run begins.");
            }

            Expect("]");
            return token.Text;
        }

        Expect(".");
        return TakeName(what);
    }

    private string TakeName(string what) =>
        Current.Kind == TokenKind.Name ? tokens[_at++].Text : throw Fail(Current, $"{what} is expected here, not {Current}.");

    private ExpressionException Unknown(Token name)
    {
        // What was meant may be a member whose name has a minus.
        var joined = _at >= 3 && tokens[_at - 2] is var minus && minus.Is("-") && minus.Position + 1 == name.Position && tokens[_at - 3] is { Kind: TokenKind.Name } before
            && before.Position + before.Text.Length == minus.Position ? $" A member whose name has a minus is written ['{before.Text}-{name.Text}']." : "";
        return Fail(name, $"There is no '{name.Text}'; an expression begins with run, steps, item, index, output, a function or a literal.{joined}");
    }
}
