using System.Text;
using Orchestrator.Core.Runs.Expressions.Values;

namespace Orchestrator.Core.Runs.Expressions.Functions;

internal static class TextFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("lower", 1, 1, call => Value.Of(call.Text(0).ToLowerInvariant())),
        new("upper", 1, 1, call => Value.Of(call.Text(0).ToUpperInvariant())),
        new("trim", 1, 1, call => Value.Of(call.Text(0).Trim())),
        new("startsWith", 2, 2, call => Value.Of(call.Text(0).StartsWith(call.Text(1), StringComparison.Ordinal))),
        new("endsWith", 2, 2, call => Value.Of(call.Text(0).EndsWith(call.Text(1), StringComparison.Ordinal))),
        new("replace", 3, 3, Replace),
        new("split", 2, 2, Split),
        new("join", 1, 2, Join),
    ];

    private static Value Replace(Call call)
    {
        var (text, old, @new) = (call.Text(0), NotEmpty(call, 1), call.Text(2));
        var count = Count(text, old);
        call.ChargeCharacters(text.Length + (count * ((long)@new.Length - old.Length)));
        return Value.Of(text.Replace(old, @new, StringComparison.Ordinal));
    }

    private static Value Split(Call call)
    {
        var (text, separator) = (call.Text(0), NotEmpty(call, 1));
        call.Charge(Count(text, separator) + 1);
        return Value.Of(Array.ConvertAll(text.Split(separator), Value.Of));
    }

    /// <summary>The items as they are written into a text, with a separator between them.</summary>
    private static Value Join(Call call)
    {
        var (items, separator, made) = (call.Items(0), call.Count > 1 ? call.Text(1) : "", new StringBuilder());
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                call.ChargeCharacters(separator.Length);
                made.Append(separator);
            }

            made.Append(Written.Of(items[i], call.Evaluation, call.Position));
        }

        return Value.Of(made.ToString());
    }

    private static string NotEmpty(Call call, int index) => call.Text(index) is { Length: > 0 } text ? text : throw call.Fail(index, "This text must not be empty.");

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
