namespace Orchestrator.Runtime.Runs;

/// <summary>A definition as it was sent.</summary>
/// <param name="Utf8">In UTF-8.</param>
public sealed record DefinitionText(ReadOnlyMemory<byte> Utf8, DefinitionFormat Format);
