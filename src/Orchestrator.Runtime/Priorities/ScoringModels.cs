using Orchestrator.Runtime.Models;

namespace Orchestrator.Runtime.Priorities;

/// <summary>The models that judge priorities. Where none is registered, the heuristic alone does.</summary>
public sealed record ScoringModels(IChatModel Chat, IEmbeddingModel? Embedding = null);
