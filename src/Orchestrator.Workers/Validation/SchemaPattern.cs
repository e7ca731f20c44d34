using System.Text.RegularExpressions;

namespace Orchestrator.Workers.Validation;

/// <summary>
/// A regular expression of a schema. Where it can it searches in time that grows with the text alone; with look-around or back
/// references it cannot, and is stopped when it takes too long.
/// </summary>
internal sealed class SchemaPattern
{
    private const int CharactersPerStep = 4;

    private readonly Regex _regex;

    private SchemaPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    public string Text { get; }

    /// <summary>The pattern; null when it is none, and <paramref name="fault"/> says why.</summary>
    public static SchemaPattern? Create(string text, out string fault)
    {
        fault = string.Empty;
        if (text.Length > SchemaLimits.MaxPatternLength)
        {
            fault = $"has {text.Length} characters; a pattern may have {SchemaLimits.MaxPatternLength}.";
            return null;
        }

        try
        {
            var translated = EcmaPattern.Translate(text);
            return new SchemaPattern(text, Linear(translated) ?? Backtracking(translated));
        }
        catch (ArgumentException exception)
        {
            fault = $"is no regular expression: {Reason(exception)}";
            return null;
        }
    }

    public bool IsIn(string text, Evaluation evaluation)
    {
        evaluation.Spend(1 + (text.Length / CharactersPerStep));
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new CheckGivenUpException($"was not checked to its end: the pattern {Quote.Of(Text)} takes too long.");
        }
        finally
        {
            evaluation.Spend(TimeProvider.System.GetElapsedTime(started));
        }
    }

    private static Regex? Linear(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, SchemaLimits.MaxPatternTime);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Regex Backtracking(string pattern) => new(pattern, RegexOptions.CultureInvariant, SchemaLimits.MaxPatternTime);

    // The engine repeats the translated pattern first, which the author of the schema has never seen.
    private static string Reason(ArgumentException exception) => exception is RegexParseException parse
        ? $"{parse.Error} at character {parse.Offset}."
        : exception.Message;
}
