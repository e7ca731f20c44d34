namespace Orchestrator.Core.Runs.Definitions.Source;

/// <summary>Where something stands in a text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, counted as UTF-16 does.</param>
public readonly record struct SourcePlace(int Line, int Column);
