using System.Text;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

/// <summary>What works on texts and arrays alike, or on objects.</summary>
internal static class CollectionFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("length", 1, 1, Length),
        new("contains", 2, 2, Contains),
        new("slice", 2, 3, Slice),
        new("keys", 1, 1, call => Value.Of(Array.ConvertAll(call.Members(0), member => Value.Of(member.Key)))),
        new("values", 1, 1, call => Value.Of(Array.ConvertAll(call.Members(0), member => member.Value))),
        new("merge", 1, Function.Any, Merge),
    ];

    private static Value Length(Call call) => call[0].Kind switch
    {
        ValueKind.Array => Value.Of((decimal)call[0].CountItems()),
        ValueKind.Object => Value.Of((decimal)call[0].CountMembers()),
        ValueKind.Text => Value.Of((decimal)call.Text(0).EnumerateRunes().Count()),
        _ => throw call.Refuse(0, "an array, an object or a text"),
    };

    private static Value Contains(Call call)
    {
        switch (call[0].Kind)
        {
            case ValueKind.Text:
                return Value.Of(call.Text(0).Contains(call.Text(1), StringComparison.Ordinal));
            case ValueKind.Array:
                return Value.Of(call.Items(0).Contains(call[1], new Equality(call.Evaluation, call.Position)));
            case ValueKind.Object:
                return Value.Of(call[0].TryMember(call.Text(1), call.Evaluation, call.Position, out _));
            default:
                throw call.Refuse(0, "an array, an object or a text");
        }
    }

    private static Value Slice(Call call)
    {
        if (call[0].Kind == ValueKind.Array)
        {
            var items = call.Items(0);
            return Value.Of(items[Part(call, items.Length)]);
        }

        if (call[0].Kind != ValueKind.Text)
        {
            throw call.Refuse(0, "an array or a text");
        }

        // By whole characters, so that none is cut in half.
        var text = call.Text(0);
        var characters = text.EnumerateRunes();
        var part = Part(call, characters.Count());
        var made = new StringBuilder();
        foreach (var character in characters.Skip(part.Start.Value).Take(part.End.Value - part.Start.Value))
        {
            made.Append(character);
        }

        return Value.Of(made.ToString());
    }

    /// <summary>From the second argument to before the third, or to the end; below zero they count from the end.</summary>
    private static Range Part(Call call, int count)
    {
        var begin = Place(call.Whole(1), count);
        return begin..Math.Max(begin, Place(call.Whole(2, count), count));
    }

    private static int Place(int index, int count) => (int)Math.Clamp(index < 0 ? (long)count + index : index, 0, count);

    /// <summary>One object of all; where a name stands twice the later one holds.</summary>
    private static Value Merge(Call call)
    {
        var made = new OrderedDictionary<string, Value>(StringComparer.Ordinal);
        for (var i = 0; i < call.Count; i++)
        {
            foreach (var (name, value) in call.Members(i))
            {
                made[name] = value;
            }
        }

        return Value.Of(made.ToArray());
    }
}
