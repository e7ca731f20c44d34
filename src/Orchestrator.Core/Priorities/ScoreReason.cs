namespace Orchestrator.Core.Priorities;

/// <summary>A part of a score; the points of all parts make it up.</summary>
/// <param name="Code"><c>priority</c>, <c>goal</c>, <c>model</c> or <c>cache</c>.</param>
public sealed record ScoreReason(string Code, int Points)
{
    /// <summary>What the task has in common with the workspace's goal.</summary>
    public IReadOnlyList<string>? Concepts { get; init; }

    /// <summary>The model that judged, as <c>provider/model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>How alike the task is to the one that was judged: 1 where they ask for the same, else the cosine of the embeddings.</summary>
    public double? Similarity { get; init; }
}
