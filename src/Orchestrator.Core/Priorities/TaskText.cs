using System.Text;
using System.Text.Json;

namespace Orchestrator.Core.Priorities;

/// <summary>What priorities are judged by: a task's name, its description and the texts in its input, all within bounds.</summary>
public static class TaskText
{
    /// <summary>How many bytes of an input are looked at.</summary>
    public const int MaxInputBytes = 16 * 1024;

    /// <summary>How many characters of the texts in an input count.</summary>
    public const int MaxContentLength = 2_000;

    /// <summary>How many characters the heuristic reads in all.</summary>
    public const int MaxHeuristicLength = 2_000;

    /// <summary>What the heuristic reads.</summary>
    public static string ForHeuristic(string? name, string? description, ReadOnlySpan<byte> input)
    {
        var text = new StringBuilder();
        Append(text, name, MaxHeuristicLength);
        Append(text, description, MaxHeuristicLength);
        if (text.Length < MaxHeuristicLength)
        {
            Append(text, ContentOf(input), MaxHeuristicLength);
        }

        return text.ToString();
    }

    /// <summary>The texts in an input, one a line: values of strings, without names of members, numbers and flags.</summary>
    /// <param name="input">JSON in UTF-8, whole or its beginning.</param>
    public static string ContentOf(ReadOnlySpan<byte> input)
    {
        var read = input.Length > MaxInputBytes ? input[..MaxInputBytes] : input;
        var text = new StringBuilder();
        var reader = new Utf8JsonReader(read, isFinalBlock: false, new JsonReaderState());
        try
        {
            while (text.Length < MaxContentLength && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    Append(text, reader.GetString(), MaxContentLength);
                }
            }

            if (text.Length < MaxContentLength)
            {
                Append(text, BeginningOf(read[(int)reader.BytesConsumed..]), MaxContentLength);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Inputs are checked when they are submitted; one that is no JSON, or no Unicode, has the texts that were read before.
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string? part, int limit)
    {
        if (string.IsNullOrWhiteSpace(part) || text.Length >= limit)
        {
            return;
        }

        if (text.Length > 0)
        {
            text.Append('\n');
        }

        text.Append(part.AsSpan(0, Cut(part, Math.Max(0, Math.Min(part.Length, limit - text.Length)))));
    }

    /// <summary>The length to keep, such that no pair of surrogates is torn apart.</summary>
    private static int Cut(string part, int length) => length < part.Length && length > 0 && char.IsHighSurrogate(part[length - 1]) ? length - 1 : length;

    /// <summary>The beginning of a string that does not end within what is read.</summary>
    private static string? BeginningOf(ReadOnlySpan<byte> rest)
    {
        var start = rest.IndexOf((byte)'"');
        if (start < 0 || !IsBetweenValues(rest[..start]))
        {
            return null;
        }

        // A closing quote after the last whole character makes it a string.
        var length = WholeCharacters(rest[(start + 1)..]);
        var value = new byte[length + 2];
        rest.Slice(start, length + 1).CopyTo(value);
        value[^1] = (byte)'"';
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString();
    }

    private static bool IsBetweenValues(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':'))
            {
                return false;
            }
        }

        return true;
    }

    private static int WholeCharacters(ReadOnlySpan<byte> text)
    {
        var whole = 0;
        while (whole < text.Length)
        {
            var rest = text[whole..];
            var length = rest[0] switch
            {
                (byte)'\\' => EscapeLength(rest),
                < 0x80 => 1,
                < 0xE0 => 2,
                < 0xF0 => 3,
                _ => 4,
            };
            if (length > rest.Length)
            {
                break;
            }

            whole += length;
        }

        return whole;
    }

    /// <summary>Two halves of a pair of surrogates are one character.</summary>
    private static int EscapeLength(ReadOnlySpan<byte> text) =>
        text.Length < 2 || text[1] != 'u' ? 2
        : text.Length >= 4 && (text[2] | 0x20) == 'd' && "89abAB"u8.Contains(text[3]) ? 12
        : 6;
}
