using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Leases;

/// <summary>A sign of life, with what the worker has come to; the body may be left out.</summary>
public sealed record HeartbeatRequest
{
    /// <summary>What the next attempt would have to know; kept until another one replaces it.</summary>
    public RawJson? Checkpoint { get; init; }

    /// <summary>The number of the last message that the checkpoint took in; it and those before it are not told again.</summary>
    public int? ConsumedThrough { get; init; }
}
