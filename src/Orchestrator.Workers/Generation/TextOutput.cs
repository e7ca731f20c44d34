namespace Orchestrator.Workers.Generation;

/// <summary>Result of <c>generation.text</c>.</summary>
/// <param name="Model">Who answered: <c>provider/model</c>.</param>
/// <param name="FinishReason">Why the answer ends there: <c>stop</c>, <c>length</c>, <c>content_filter</c>, <c>refusal</c> or <c>other</c>.</param>
public sealed record TextOutput(string Text, string Model, string FinishReason);
