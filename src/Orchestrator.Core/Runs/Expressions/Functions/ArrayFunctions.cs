using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

internal static class ArrayFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("first", 1, 1, call => At(call, fromEnd: false)),
        new("last", 1, 1, call => At(call, fromEnd: true)),
        new("concat", 1, Function.Any, Concat),
        new("flatten", 1, 1, Flatten),
        new("compact", 1, 1, call => Value.Of(call.Items(0).Where(static item => item.Kind != ValueKind.Null).ToArray())),
        new("unique", 1, 1, call => Value.Of(call.Items(0).Distinct(new Equality(call.Evaluation, call.Position)).ToArray())),
        new("sort", 1, 2, Sort),
        new("where", 3, 3, Where),
        new("range", 1, 2, Range),
    ];

    private static Value At(Call call, bool fromEnd)
    {
        if (call[0].Kind != ValueKind.Array)
        {
            throw call.Refuse(0, "an array");
        }

        return call[0].ItemAt(fromEnd ? call[0].CountItems() - 1 : 0, call.Evaluation, call.Position);
    }

    private static Value Concat(Call call)
    {
        var made = new List<Value>();
        for (var i = 0; i < call.Count; i++)
        {
            made.AddRange(call.Items(i));
        }

        return Value.Of(made.ToArray());
    }

    /// <summary>Arrays among the items are replaced by theirs, one level deep.</summary>
    private static Value Flatten(Call call)
    {
        var made = new List<Value>();
        foreach (var item in call.Items(0))
        {
            if (item.Kind == ValueKind.Array)
            {
                made.AddRange(item.AsItems(call.Evaluation, call.Position));
            }
            else
            {
                made.Add(item);
            }
        }

        return Value.Of(made.ToArray());
    }

    /// <summary>Items of equal rank keep their order. With a second argument objects are ordered by that member.</summary>
    private static Value Sort(Call call)
    {
        var (items, member) = (call.Items(0), call.Count > 1 ? call.Text(1) : null);
        var keys = member is null ? items : Array.ConvertAll(items, item => Member(call, item, member));
        return Value.Of(Sorting.Order(keys, call).Select(index => items[index]).ToArray());
    }

    /// <summary>The objects among the items whose member equals a value; one that is not there is null.</summary>
    private static Value Where(Call call)
    {
        var (items, member, equality) = (call.Items(0), call.Text(1), new Equality(call.Evaluation, call.Position));
        return Value.Of(items.Where(item => item.Kind == ValueKind.Object && equality.Equals(Member(call, item, member), call[2])).ToArray());
    }

    private static Value Member(Call call, Value item, string name) => item.Kind == ValueKind.Object && item.TryMember(name, call.Evaluation, call.Position, out var value) ? value : Value.Null;

    /// <summary>The whole numbers from 0, or the first of two arguments, to before the last.</summary>
    private static Value Range(Call call)
    {
        var (begin, end) = call.Count == 1 ? (0, call.Whole(0)) : (call.Whole(0), call.Whole(1));
        var count = Math.Max((long)end - begin, 0);
        if (count > RunLimits.MaxItems)
        {
            throw call.Fail(call.Count - 1, $"range makes at most {RunLimits.MaxItems} numbers, and this would be more.");
        }

        call.Charge(count);
        return Value.Of(Enumerable.Range(begin, (int)count).Select(number => Value.Of((decimal)number)).ToArray());
    }
}
