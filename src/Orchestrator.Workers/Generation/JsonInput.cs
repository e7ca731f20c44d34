using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Workers.Generation;

/// <summary>Input of <c>generation.json</c>.</summary>
public sealed record JsonInput : TextInput
{
    /// <summary>The JSON Schema that the answer is to follow.</summary>
    [JsonRequired]
    public required JsonElement Schema { get; init; }
}
