using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>How the repetition differs from the ended task; the body may be left out.</summary>
public sealed record RetryTaskRequest
{
    /// <summary>Another input; without it the same again.</summary>
    public RawJson? Input { get; init; }
}
