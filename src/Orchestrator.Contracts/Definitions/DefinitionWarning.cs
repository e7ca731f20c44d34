namespace Orchestrator.Contracts.Definitions;

/// <summary>Something about a definition that is no mistake, but may keep its runs from going on.</summary>
/// <param name="Path">Where, as a JSON Pointer.</param>
/// <param name="Message">The end of a sentence that begins with the place.</param>
public sealed record DefinitionWarning(string Path, string Message);
