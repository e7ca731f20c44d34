using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Orchestrator.Cli.Output;

/// <summary>
/// Text that others wrote, as a terminal may show it: what would steer the terminal, or change the direction of what stands around it,
/// is written out, and everything else is left as it is.
/// </summary>
internal static class VisibleText
{
    private const char Ellipsis = '…';

    /// <summary>No letter has more marks than this; what has is there to spoil the screen.</summary>
    private const int LongestCharacter = 16;

    /// <summary>On one line.</summary>
    public static string Of(string text) => Write(text, keepsLines: false);

    /// <summary>With its lines and tabs.</summary>
    public static string Lines(string text) => Write(text, keepsLines: true);

    /// <summary>On one line, no wider than so many columns.</summary>
    public static string Cut(string text, int width)
    {
        var cut = new StringBuilder();
        var used = 0;
        var elements = StringInfo.GetTextElementEnumerator(text.Length > 64 * width ? text[..(64 * width)] : text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var shown = element.Length > LongestCharacter ? "\uFFFD" : Of(element);
            var columns = shown.GetCellWidth();
            if (used + columns > width)
            {
                while (used > width - 1)
                {
                    used -= TakeLast(cut);
                }

                return cut.Append(Ellipsis).ToString();
            }

            cut.Append(shown);
            used += columns;
        }

        return cut.ToString();
    }

    /// <summary>Whether it holds letters that run from right to left.</summary>
    public static bool RunsLeftwards(string text) => text.Any(static character => character is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC'));

    /// <summary>Apart from what stands before and behind it on the line, so that its direction does not reach them.</summary>
    public static string Isolate(string text) => RunsLeftwards(text) ? $"\u2068{text}\u2069" : text;

    /// <summary>Whether a terminal or a reader of lines would do something else than show it.</summary>
    public static bool MustBeWritten(char character) =>
        char.IsControl(character)
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\u2028' or '\u2029' or '\uFEFF';

    private static string Write(string text, bool keepsLines)
    {
        var written = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                written.Append(character).Append(text[++index]);
            }
            else if (char.IsSurrogate(character))
            {
                written.Append('\uFFFD');
            }
            else if (MustBeWritten(character) && !(keepsLines && character is '\n' or '\t'))
            {
                written.Append(Name(character));
            }
            else
            {
                written.Append(character);
            }
        }

        return written.ToString();
    }

    private static string Name(char character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
    };

    /// <summary>Takes the last character away; answers its width.</summary>
    private static int TakeLast(StringBuilder cut)
    {
        var starts = StringInfo.ParseCombiningCharacters(cut.ToString());
        var last = cut.ToString(starts[^1], cut.Length - starts[^1]);
        cut.Length = starts[^1];
        return last.GetCellWidth();
    }
}
