using System.Buffers;

namespace Orchestrator.Workers.Summaries;

/// <summary>The characters that end sentences, and those that may stand after them.</summary>
internal static class Terminators
{
    /// <summary>End a sentence wherever they stand: full-width, Devanagari, Arabic, Armenian, Ethiopic, Burmese, Khmer.</summary>
    private static readonly SearchValues<char> Strong = SearchValues.Create("。！？｡．؟۔।॥։።፧။៕");

    /// <summary>End a sentence if what stands around agrees.</summary>
    private static readonly SearchValues<char> Weak = SearchValues.Create(".!?…‼⁇⁈⁉");

    private static readonly SearchValues<char> Closers = SearchValues.Create("\"'”’»›)]}」』）】》〉〕＂");

    public static readonly SearchValues<char> Any = SearchValues.Create("。！？｡．؟۔।॥։።፧။៕.!?…‼⁇⁈⁉");

    public static bool IsStrong(char c) => Strong.Contains(c);

    public static bool IsWeak(char c) => Weak.Contains(c);

    public static bool IsCloser(char c) => Closers.Contains(c);

    public static bool EndsSentence(ReadOnlySpan<char> trimmed)
    {
        var end = trimmed.Length - 1;
        while (end >= 0 && IsCloser(trimmed[end]))
        {
            end--;
        }

        return end >= 0 && (Any.Contains(trimmed[end]) || trimmed[end] is ':' or ';' or '：' or '；' or ',' or '،' or '、');
    }
}
