namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>An edge that is drawn.</summary>
/// <param name="Passages">Where it passes through columns between its ends, from left to right.</param>
internal sealed record LayeredEdge(int From, int To, IReadOnlyList<int> Passages);
