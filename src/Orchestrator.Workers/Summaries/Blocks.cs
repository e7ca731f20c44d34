using System.Text.RegularExpressions;

namespace Orchestrator.Workers.Summaries;

/// <summary>Cuts a text where its layout says that a sentence cannot go on: blank lines, headings, list items.</summary>
internal static partial class Blocks
{
    private const int LongestHeading = 80;

    public static List<Segment> Split(string text)
    {
        var blocks = new List<Segment>();
        var start = -1;
        var end = 0;
        var paragraph = 0;
        foreach (var line in Lines(text))
        {
            var content = text.AsSpan(line.Start, line.Length);
            if (content.IsWhiteSpace())
            {
                Flush(closedByBlank: true);
                paragraph++;
                continue;
            }

            var marker = MarkerLength(content);
            var heading = content.TrimStart().StartsWith('#') && marker > 0;
            if (marker > 0)
            {
                Flush(closedByBlank: false);
            }

            start = start < 0 ? line.Start + marker : start;
            end = line.Start + line.Length;
            if (heading)
            {
                blocks.Add(new Segment(start, end - start, paragraph, IsHeading: true));
                start = -1;
            }
        }

        Flush(closedByBlank: true);
        return DemoteLoneHeadings(blocks);

        void Flush(bool closedByBlank)
        {
            if (start >= 0 && end > start)
            {
                var block = text.AsSpan(start, end - start);
                blocks.Add(new Segment(start, end - start, paragraph, closedByBlank && LooksLikeHeading(block)));
            }

            start = -1;
        }
    }

    /// <summary>A text of nothing but headings is a text of sentences.</summary>
    private static List<Segment> DemoteLoneHeadings(List<Segment> blocks) =>
        blocks.TrueForAll(block => block.IsHeading)
            ? blocks.ConvertAll(block => block with { IsHeading = false })
            : blocks;

    private static bool LooksLikeHeading(ReadOnlySpan<char> block)
    {
        var trimmed = block.Trim();
        return trimmed.Length <= LongestHeading
            && !trimmed.Contains('\n')
            && !Terminators.EndsSentence(trimmed);
    }

    /// <summary>How many characters the mark of a heading or a list item takes, with the white space around it; 0 without one.</summary>
    private static int MarkerLength(ReadOnlySpan<char> line)
    {
        foreach (var match in Marker().EnumerateMatches(line))
        {
            return match.Length;
        }

        return 0;
    }

    private static IEnumerable<(int Start, int Length)> Lines(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\u2028', '\u2029');
            end = end < 0 ? text.Length : start + end;
            yield return (start, end - start);
            start = end + 1;
        }
    }

    [GeneratedRegex(@"^\s*(?:#{1,6}\s+|[-*+•‣◦–—]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][)]\s+|>\s+)")]
    private static partial Regex Marker();
}
