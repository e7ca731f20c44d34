using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

/// <summary>Puts numbers, or texts, in order.</summary>
internal static class Sorting
{
    /// <summary>The indexes of the keys in their order.</summary>
    public static IEnumerable<int> Order(Value[] keys, Call call)
    {
        var indexes = Enumerable.Range(0, keys.Length);
        if (Kind(keys, call) == ValueKind.Number)
        {
            var numbers = Array.ConvertAll(keys, key => Numbers.Of(key, call.Evaluation, call.Position));
            return indexes.OrderBy(index => numbers[index]);
        }

        var texts = Array.ConvertAll(keys, key => key.AsText(call.Evaluation, call.Position));
        return indexes.OrderBy(index => texts[index], StringComparer.Ordinal);
    }

    /// <summary>That of all keys.</summary>
    private static ValueKind Kind(Value[] keys, Call call)
    {
        var kind = keys.Length == 0 ? ValueKind.Number : keys[0].Kind;
        foreach (var key in keys)
        {
            if (key.Kind != kind || kind is not (ValueKind.Number or ValueKind.Text))
            {
                throw call.Fail(0, $"Only numbers alone, or texts alone, have an order; here is {key.Kind.WithArticle()}{(key.Kind == kind ? "" : $" beside {kind.WithArticle()}")}.");
            }
        }

        return kind;
    }
}
