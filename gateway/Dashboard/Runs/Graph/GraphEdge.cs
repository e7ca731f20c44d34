namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>A line from a step to one that needs it.</summary>
/// <param name="Points">From the right side of the one to the left side of the other; between them in pairs, each of which is a level stretch through a column.</param>
public sealed record GraphEdge(string From, string To, IReadOnlyList<GraphPoint> Points);
