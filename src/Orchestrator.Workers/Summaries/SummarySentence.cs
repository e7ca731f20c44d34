namespace Orchestrator.Workers.Summaries;

/// <param name="Text">As in the source, with runs of white space made one space. Sentences of one short quotation are given as one.</param>
/// <param name="Index">The sentence's place in the source, from 0.</param>
/// <param name="Score">How central it is, 0 to 1; the best one has 1.</param>
public sealed record SummarySentence(string Text, int Index, double Score);
