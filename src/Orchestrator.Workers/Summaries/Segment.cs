namespace Orchestrator.Workers.Summaries;

/// <summary>A stretch of the source: a sentence, or a heading, which is never part of a summary.</summary>
internal readonly record struct Segment(int Start, int Length, int Paragraph, bool IsHeading)
{
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);
}
