namespace Orchestrator.Core.Runs.Definitions;

/// <summary>What reading a definition came to: the definition, or every mistake at once in the order of the text.</summary>
public sealed record DefinitionResult(RunDefinition? Definition, IReadOnlyList<DefinitionProblem> Problems);
