namespace Orchestrator.Gateway.Dashboard.Runs.Graph;

/// <summary>A place in a drawing, in pixels from its upper left corner.</summary>
public readonly record struct GraphPoint(int X, int Y);
