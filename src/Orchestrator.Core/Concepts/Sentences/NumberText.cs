using Orchestrator.Core.Concepts.Lexical;

namespace Orchestrator.Core.Concepts.Sentences;

/// <summary>One spelling for numbers that Italian and English write differently.</summary>
internal static class NumberText
{
    /// <summary>
    /// Takes out what groups thousands and makes the decimal separator a full stop: 1.500 and 3,5 in Italian are 1,500 and 3.5 in
    /// English. Dates, times and versions stay as they are.
    /// </summary>
    public static string Normalise(string number, Language language)
    {
        var (group, point) = language == Language.Italian ? ('.', ',') : (',', '.');
        var whole = number.Split(point)[0];
        var groups = whole.TrimStart('-', '+').Split(group);
        if (number.Any(character => character is '/' or ':') || number.Count(character => character == point) > 1 || !AreThousands(groups))
        {
            return number;
        }

        return string.Concat(whole.Split(group)) + number[whole.Length..].Replace(point, '.');
    }

    public static bool IsYear(string key) => key.Length == 5 && (key.StartsWith("#19", StringComparison.Ordinal) || key.StartsWith("#20", StringComparison.Ordinal)) && key[1..].All(char.IsAsciiDigit);

    private static bool AreThousands(string[] groups) =>
        groups[0].Length is >= 1 && (groups.Length == 1 || (groups[0].Length <= 3 && groups[1..].All(group => group.Length == 3)));
}
