using System.Text;

namespace Orchestrator.Runtime.Execution;

/// <summary>Text as every store takes it: valid Unicode without NUL.</summary>
internal static class StoreText
{
    private const char Replacement = '\uFFFD';

    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>The text in pieces of at most <paramref name="maxLength"/> characters, none of which ends within a surrogate pair.</summary>
    public static IEnumerable<string> Split(string text, int maxLength)
    {
        var start = 0;
        while (text.Length - start > maxLength)
        {
            var length = char.IsHighSurrogate(text[start + maxLength - 1]) ? maxLength - 1 : maxLength;
            yield return text.Substring(start, length);
            start += length;
        }

        yield return start == 0 ? text : text[start..];
    }

    private static bool NeedsCleaning(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        return text.Contains('\0') || (first >= 0 && HasLoneSurrogate(text.AsSpan(first)));
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            text = text[consumed..];
        }

        return false;
    }
}
