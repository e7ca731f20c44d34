namespace Orchestrator.Workers.Validation;

/// <summary>One thing that is wrong with a payload, or with a schema.</summary>
/// <param name="Path">Where, as a JSON Pointer; empty for the whole.</param>
/// <param name="Message">What is wrong there, as the end of a sentence that begins with the place: <c>must be a string.</c></param>
public sealed record PayloadError(string Path, string Message);
