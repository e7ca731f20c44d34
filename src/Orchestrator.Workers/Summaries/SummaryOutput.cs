namespace Orchestrator.Workers.Summaries;

/// <summary>Result of <c>generation.summary</c>.</summary>
/// <param name="Summary">The chosen sentences in the order of the source.</param>
/// <param name="Sentences">The same one by one.</param>
/// <param name="Language">As given, else as guessed; absent where no guess is possible.</param>
/// <param name="SourceSentences">Sentences of the source, headings left out.</param>
/// <param name="SourceWords">Words of the source; in scripts without spaces each character counts as one.</param>
public sealed record SummaryOutput(
    string Summary,
    IReadOnlyList<SummarySentence> Sentences,
    string? Language,
    int SourceSentences,
    int SourceWords);
