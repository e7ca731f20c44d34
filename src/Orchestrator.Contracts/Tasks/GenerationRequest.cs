using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Tasks;

/// <summary>A task of <c>generation.{action}</c>, whose answer is waited for. <c>input</c> is required.</summary>
public sealed record GenerationRequest : TaskFields
{
    /// <summary>The workspace; <c>default</c> if none is named.</summary>
    [JsonPropertyOrder(-1)]
    public string? Workspace { get; init; }
}
