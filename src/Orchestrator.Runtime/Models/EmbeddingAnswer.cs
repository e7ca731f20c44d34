using Orchestrator.Core.Tasks;

namespace Orchestrator.Runtime.Models;

/// <param name="Usage">As the provider counts it; null when it does not say.</param>
public sealed record EmbeddingAnswer(ReadOnlyMemory<float> Vector, TaskUsage? Usage);
