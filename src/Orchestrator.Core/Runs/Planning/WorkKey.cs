using System.Globalization;

namespace Orchestrator.Core.Runs.Planning;

/// <summary>
/// One piece of work of a run, which is started at most once: <c>fetch</c>, its fourth item <c>fetch[3]</c>, its second round
/// <c>fetch#2</c> after a person had it done again, its compensation <c>fetch!</c>. It is the <c>stepId</c> of a task.
/// </summary>
/// <param name="Item">From 0; null for a step without items.</param>
/// <param name="Round">From 1.</param>
public readonly record struct WorkKey(string Step, int? Item, int Round, bool IsCompensation)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no such key.</exception>
    public static WorkKey Parse(string text)
    {
        var rest = text.AsSpan();
        var isCompensation = rest.EndsWith("!");
        rest = isCompensation ? rest[..^1] : rest;
        var round = 1;
        if (rest.LastIndexOf('#') is var hash and >= 0)
        {
            round = ParseNumber(rest[(hash + 1)..]);
            rest = rest[..hash];
        }

        int? item = null;
        if (rest.EndsWith("]") && rest.IndexOf('[') is var bracket and >= 0)
        {
            item = ParseNumber(rest[(bracket + 1)..^1]);
            rest = rest[..bracket];
        }

        var key = new WorkKey(rest.ToString(), item, round, isCompensation);
        return rest.IsEmpty || rest.ContainsAny("[]#!") || key.ToString() != text ? throw NoKey(text) : key;
    }

    public override string ToString() => (Item, Round, IsCompensation) switch
    {
        (null, 1, false) => Step,
        (null, 1, true) => Step + "!",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{Step}{(Item is { } item ? $"[{item}]" : "")}{(Round == 1 ? "" : $"#{Round}")}{(IsCompensation ? "!" : "")}"),
    };

    private static int ParseNumber(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NoKey(text.ToString());

    private static FormatException NoKey(string text) => new($"'{text}' names no work of a run.");
}
