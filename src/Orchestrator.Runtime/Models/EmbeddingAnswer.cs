using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Models;

/// <param name="Vectors">One for each text, in their order.</param>
/// <param name="Usage">As the provider counts it, with the cost of the price table; null when it does not say.</param>
public sealed record EmbeddingAnswer(IReadOnlyList<ReadOnlyMemory<float>> Vectors, TaskUsage? Usage);
