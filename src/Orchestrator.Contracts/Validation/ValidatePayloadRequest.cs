using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Validation;

/// <summary>A payload to judge, and what to judge it by. Members that are not listed are refused.</summary>
public sealed record ValidatePayloadRequest
{
    /// <summary>A JSON Schema of draft 2020-12, 2019-09, 7, 6 or 4, at most 256 KiB; what it refers to stands in itself.</summary>
    public required RawJson Schema { get; init; }

    /// <summary>Any JSON.</summary>
    public required RawJson Payload { get; init; }

    /// <summary>What the payload must meet beside the schema.</summary>
    public PayloadRulesBody? Rules { get; init; }
}
