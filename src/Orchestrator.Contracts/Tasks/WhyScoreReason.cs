using System.Text.Json.Serialization;

namespace Orchestrator.Contracts.Tasks;

/// <summary>A part of a score.</summary>
public sealed record WhyScoreReason
{
    /// <summary>
    /// <c>priority</c> (the hint), <c>goal</c> (closeness to the workspace's goal), <c>model</c> (a model judged the task) or
    /// <c>cache</c> (a model judged a task that asks for the same).
    /// </summary>
    public required string Code { get; init; }

    public required int Points { get; init; }

    /// <summary>The part in words.</summary>
    public required string Message { get; init; }

    /// <summary>What the task has in common with the goal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Concepts { get; init; }
}
