using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Syntax.Nodes;

/// <summary>A value and the way into it. What is not there is null.</summary>
internal sealed class PathNode(Node root, Segment[] segments) : Node(root.Position)
{
    public override Value Evaluate(Evaluation evaluation) => Follow(root.Evaluate(evaluation), segments, evaluation);

    private static Value Follow(Value value, ReadOnlySpan<Segment> segments, Evaluation evaluation)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            evaluation.Charge(1, segment.Position);
            if (value.IsNull)
            {
                return Value.Null;
            }

            if (segment.IsAll)
            {
                return FollowAll(value, segment.Position, segments[(i + 1)..], evaluation);
            }

            value = segment.Name is { } name ? Member(value, name, segment.Position, evaluation) : Find(value, segment.Index!, evaluation);
        }

        return value;
    }

    /// <summary>The rest of the way from every item of an array.</summary>
    private static Value FollowAll(Value array, int position, ReadOnlySpan<Segment> rest, Evaluation evaluation)
    {
        if (array.Kind != ValueKind.Array)
        {
            throw evaluation.Fail(position, $"'[*]' takes an array, not {array.Kind.WithArticle()}.");
        }

        var items = array.AsItems(evaluation, position);
        var found = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            found[i] = Follow(items[i], rest, evaluation);
        }

        return Value.Of(found);
    }

    private static Value Member(Value value, string name, int position, Evaluation evaluation) =>
        value.Kind == ValueKind.Object && value.TryMember(name, evaluation, position, out var member) ? member : Value.Null;

    private static Value Find(Value value, Node index, Evaluation evaluation)
    {
        var at = index.Evaluate(evaluation);
        return at.Kind switch
        {
            ValueKind.Null => Value.Null,
            ValueKind.Text => Member(value, at.AsText(evaluation, index.Position), index.Position, evaluation),
            ValueKind.Number when Numbers.Of(at, evaluation, index.Position) is var number && number == decimal.Truncate(number) => Item(value, number, index.Position, evaluation),
            _ => throw evaluation.Fail(index.Position, $"An index is a whole number or a text, not {(at.Kind == ValueKind.Number ? "a fraction" : at.Kind.WithArticle())}."),
        };
    }

    /// <summary>An index below zero counts from the end.</summary>
    private static Value Item(Value value, decimal index, int position, Evaluation evaluation)
    {
        if (value.Kind != ValueKind.Array)
        {
            return Value.Null;
        }

        var count = value.CountItems();
        var from = index < 0 ? count + index : index;
        return from < 0 || from >= count ? Value.Null : value.ItemAt((int)from, evaluation, position);
    }
}
