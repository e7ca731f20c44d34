namespace Orchestrator.Workers.Generation;

/// <summary>Result of <c>embeddings</c>.</summary>
/// <param name="Model">Who placed the texts: <c>provider/model</c>.</param>
/// <param name="Vectors">One for each text, in their order.</param>
public sealed record EmbeddingsOutput(string Model, IReadOnlyList<float[]> Vectors);
