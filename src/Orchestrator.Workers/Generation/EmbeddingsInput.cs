using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Workers.Generation;

/// <summary>Input of <c>embeddings</c>.</summary>
public sealed record EmbeddingsInput
{
    /// <summary>Which model is to place the texts, as <c>provider/model</c>. Default: the configured one.</summary>
    public string? Model { get; init; }

    /// <summary>A text, or a list of texts.</summary>
    [JsonRequired]
    public required JsonElement Input { get; init; }
}
