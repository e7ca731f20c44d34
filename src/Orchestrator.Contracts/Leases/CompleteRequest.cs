using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Leases;

/// <summary>The end of an attempt that succeeded.</summary>
public sealed record CompleteRequest
{
    /// <summary>Any JSON value of at most 4 MiB; kept byte for byte.</summary>
    public RawJson? Result { get; init; }

    public UsageRequest? Usage { get; init; }
}
