namespace Orchestrator.Runtime.Runs;

/// <summary>One thing that is wrong with an input, or with a schema.</summary>
/// <param name="Path">Where, as a JSON Pointer; empty for the whole.</param>
/// <param name="Message">The end of a sentence that begins with the place: <c>must be a string.</c></param>
public sealed record InputMistake(string Path, string Message);
