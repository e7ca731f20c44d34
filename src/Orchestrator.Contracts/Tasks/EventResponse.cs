using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Tasks;

/// <summary>One entry of a history.</summary>
/// <param name="Seq">Its place in the history, from 1 without gaps.</param>
/// <param name="Type">Such as <c>task.completed</c>.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">An object whose members depend on the type; null when there is nothing more to say.</param>
public sealed record EventResponse(int Seq, string Type, DateTimeOffset At, [property: JsonPropertyOrder(1)] RawJson? Data)
{
    /// <summary>The attempt it belongs to; 0 before the first, and in events of a workspace. Left out of events of runs, whose tasks have the attempts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }
}
