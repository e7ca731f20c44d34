using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Tasks;

/// <summary>A task to submit. Members that are not listed are refused.</summary>
public sealed record SubmitTaskRequest : TaskFields
{
    /// <summary>What kind of work it is. An action that no silo serves is accepted; the task then waits.</summary>
    [JsonPropertyOrder(-1)]
    public required string Action { get; init; }
}
