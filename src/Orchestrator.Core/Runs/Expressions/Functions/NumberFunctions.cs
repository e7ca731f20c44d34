using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

internal static class NumberFunctions
{
    private const int MaxDigits = 28;

    public static IReadOnlyList<Function> All { get; } =
    [
        new("sum", 1, 1, Sum),
        new("min", 1, 1, call => End(call, fromEnd: false)),
        new("max", 1, 1, call => End(call, fromEnd: true)),
        new("abs", 1, 1, call => Value.Of(Math.Abs(call.Number(0)))),
        new("floor", 1, 1, call => Value.Of(decimal.Floor(call.Number(0)))),
        new("ceil", 1, 1, call => Value.Of(decimal.Ceiling(call.Number(0)))),
        new("round", 1, 2, Round),
    ];

    private static Value Sum(Call call)
    {
        var sum = 0m;
        foreach (var item in call.Items(0))
        {
            if (item.Kind != ValueKind.Number)
            {
                throw call.Fail(0, $"sum takes an array of numbers; here is {item.Kind.WithArticle()} in it.");
            }

            try
            {
                sum += Numbers.Of(item, call.Evaluation, call.Position);
            }
            catch (OverflowException)
            {
                throw call.Fail(0, "sum makes a number that is too large: it has more than 28 digits.");
            }
        }

        return Value.Of(sum);
    }

    /// <summary>The smallest or the largest; null of an empty array.</summary>
    private static Value End(Call call, bool fromEnd)
    {
        var items = call.Items(0);
        var order = Sorting.Order(items, call).ToList();
        return order.Count == 0 ? Value.Null : items[order[fromEnd ? ^1 : 0]];
    }

    /// <summary>Halves go away from zero, as people do it.</summary>
    private static Value Round(Call call)
    {
        var digits = call.Whole(1, 0);
        return digits is >= 0 and <= MaxDigits
            ? Value.Of(Math.Round(call.Number(0), digits, MidpointRounding.AwayFromZero))
            : throw call.Fail(1, $"round takes 0 to {MaxDigits} digits, not {digits}.");
    }
}
