using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Feed;

/// <summary>One message of the live feed.</summary>
public sealed record FeedMessage
{
    /// <summary>Such as <c>task-completed</c>, <c>task.processing</c> or <c>stats</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The workspace in which it happened; null for what concerns none.</summary>
    public string? Workspace { get; init; }

    /// <summary>The task that it happened to; null for what concerns none.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The run that it happened to, or that the task is a step of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? RunId { get; init; }

    /// <summary>Its place in the history of the task, of the run or of the workspace.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seq { get; init; }

    /// <summary>The attempt that it belongs to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    /// <summary>An object whose members depend on the type; null when there is nothing more to say.</summary>
    [JsonPropertyOrder(1)]
    public RawJson? Data { get; init; }
}
