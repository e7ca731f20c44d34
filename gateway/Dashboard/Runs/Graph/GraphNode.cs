namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>A step as it is drawn: a box of <see cref="GraphSize.Width"/> by <see cref="GraphSize.Height"/>.</summary>
/// <param name="Place">Its upper left corner.</param>
public sealed record GraphNode(string Id, GraphPoint Place);
