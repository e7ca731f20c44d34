using System.Buffers;
using System.Text;

namespace Orchestrator.Core.Failures;

/// <summary>
/// What messages about the same failure have in common: numbers, ids, quoted values, addresses and paths are replaced by what they
/// are, white space by one space. It takes time in proportion to the message.
/// </summary>
public static class ErrorPattern
{
    /// <summary>So much of a message is looked at.</summary>
    public const int MaxMessage = 500;

    /// <summary>No pattern is longer.</summary>
    public const int MaxLength = 200;

    private const string Quoted = "<value>";
    private const string Number = "<n>";
    private const string Id = "<id>";
    private const string Url = "<url>";
    private const string Path = "<path>";

    /// <summary>From so many characters on, letters and digits mixed are an id.</summary>
    private const int MinMixedId = 16;

    /// <summary>From so many characters on, hexadecimal digits are an id.</summary>
    private const int MinHexId = 8;

    private static readonly SearchValues<char> EndOfAddress = SearchValues.Create(" \t\r\n\"'`<>()[]{},;\u00AB\u00BB\u201C\u201D\u2018\u2019");

    public static string Of(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = Cut(message, MaxMessage).AsSpan();
        var pattern = new StringBuilder(MaxLength);
        var at = 0;
        while (at < text.Length && pattern.Length <= MaxLength)
        {
            at += Take(text, at, pattern);
        }

        return Cut(pattern.ToString(), MaxLength).TrimEnd();
    }

    /// <summary>The part of a message that is shown for all that are like it.</summary>
    public static string SampleOf(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Cut(message, MaxMessage);
    }

    /// <summary>Writes what stands at a place; answers how many characters that was.</summary>
    private static int Take(ReadOnlySpan<char> text, int at, StringBuilder pattern)
    {
        var rest = text[at..];
        var first = rest[0];
        if (char.IsWhiteSpace(first))
        {
            if (pattern.Length > 0 && pattern[^1] != ' ')
            {
                pattern.Append(' ');
            }

            return 1;
        }

        var isInWord = at > 0 && IsOfWord(text[at - 1]);
        if (!isInWord && FindClosing(rest) is > 0 and var length)
        {
            pattern.Append(Quoted);
            return length;
        }

        if (!isInWord && IsPath(rest))
        {
            pattern.Append(Path);
            return LengthOfAddress(rest);
        }

        if (!IsOfWord(first))
        {
            pattern.Append(first);
            return 1;
        }

        return TakeWord(rest, pattern);
    }

    private static int TakeWord(ReadOnlySpan<char> rest, StringBuilder pattern)
    {
        var length = 1;
        while (length < rest.Length && (IsOfWord(rest[length]) || IsWithinId(rest, length)))
        {
            length++;
        }

        if (rest[length..].StartsWith("://"))
        {
            pattern.Append(Url);
            return LengthOfAddress(rest);
        }

        var word = rest[..length];
        if (IsId(word))
        {
            pattern.Append(Id);
            return length;
        }

        for (var i = 0; i < length; i++)
        {
            if (!char.IsDigit(word[i]))
            {
                pattern.Append(word[i]);
            }
            else if (i == 0 || !(char.IsDigit(word[i - 1]) || (word[i - 1] == '.' && i > 1 && char.IsDigit(word[i - 2]))))
            {
                pattern.Append(Number);
            }
            else if (word[i - 1] == '.')
            {
                // A number goes on behind its point.
                pattern.Length--;
            }
        }

        return length;
    }

    /// <summary>How long a quotation is that begins here; 0 when none does.</summary>
    private static int FindClosing(ReadOnlySpan<char> rest)
    {
        var closing = rest[0] switch
        {
            '"' or '\'' or '`' => rest[0],
            '\u201C' => '\u201D',
            '\u2018' => '\u2019',
            '\u00AB' => '\u00BB',
            _ => '\0',
        };
        return closing == '\0' ? 0 : rest[1..].IndexOf(closing) is >= 0 and var place ? place + 2 : 0;
    }

    private static bool IsPath(ReadOnlySpan<char> rest) =>
        rest.Length > 2
        && ((rest[0] == '/' && IsOfWord(rest[1])) || (rest[0] == '~' && rest[1] == '/') || (char.IsAsciiLetter(rest[0]) && rest[1] == ':' && rest[2] == '\\'));

    private static int LengthOfAddress(ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAny(EndOfAddress) is > 0 and var end ? end : rest.Length;
        while (length > 1 && rest[length - 1] is '.' or ':' or '!' or '?')
        {
            length--;
        }

        return length;
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    /// <summary>Whether a dash or a point joins what stands on both sides of it.</summary>
    private static bool IsWithinId(ReadOnlySpan<char> rest, int at) =>
        rest[at] is '-' or '.' && at + 1 < rest.Length && IsOfWord(rest[at + 1]);

    private static bool IsId(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var (letters, hex, other) = (0, 0, 0);
        foreach (var character in word)
        {
            if (char.IsAsciiHexDigit(character))
            {
                hex++;
                letters += char.IsAsciiLetter(character) ? 1 : 0;
            }
            else if (char.IsAsciiLetter(character))
            {
                letters++;
                other++;
            }
            else if (character != '-')
            {
                other++;
            }
        }

        return letters > 0 && ((other == 0 && hex >= MinHexId) || (word.Length >= MinMixedId && !word.Contains('.') && DigitsOf(word) * 4 >= word.Length));
    }

    private static int DigitsOf(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var character in word)
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return digits;
    }

    /// <summary>Not between the halves of a surrogate pair, which alone are no text.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
