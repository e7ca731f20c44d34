namespace Orchestrator.Core.Runs.Definitions;

/// <summary>One mistake in a definition.</summary>
/// <param name="Path">The place as a JSON Pointer.</param>
/// <param name="Line">From 1, in the text as it was sent.</param>
/// <param name="Column">From 1.</param>
public sealed record DefinitionProblem(string Path, int Line, int Column, string Message);
