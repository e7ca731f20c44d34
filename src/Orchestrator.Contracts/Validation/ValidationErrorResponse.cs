namespace Orchestrator.Contracts.Validation;

/// <summary>One thing that is wrong with a payload.</summary>
/// <param name="Path">Where, as a JSON Pointer; empty for the whole.</param>
/// <param name="Message">What is wrong there, as the end of a sentence.</param>
public sealed record ValidationErrorResponse(string Path, string Message);
