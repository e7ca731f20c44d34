using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Runs;

/// <summary>What stands for the work of a step.</summary>
public sealed record SkipStepRequest
{
    /// <summary>The step's output, which may be null; at most 1 MiB.</summary>
    public required RawJson Output { get; init; }
}
