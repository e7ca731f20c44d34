using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Runs;

/// <summary>How a failed step is to be done again; the body may be left out.</summary>
public sealed record RetryStepRequest
{
    /// <summary>How long to wait first, in milliseconds, up to a day; 0 by default.</summary>
    public int? DelayMs { get; init; }

    /// <summary>Another input, of a step without items; what the definition says if left out. At most 1 MiB.</summary>
    public RawJson? Input { get; init; }
}
