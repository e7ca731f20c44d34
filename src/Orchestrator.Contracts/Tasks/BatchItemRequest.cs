using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Tasks;

/// <summary>One task of a batch.</summary>
public sealed record BatchItemRequest : TaskFields
{
    /// <summary>What kind of work it is.</summary>
    [JsonPropertyOrder(-2)]
    public required string Action { get; init; }

    /// <summary>A name by which other items of the same batch can depend on this one; not kept.</summary>
    [JsonPropertyOrder(-1)]
    public string? Ref { get; init; }
}
