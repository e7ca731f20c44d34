using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Runs;

/// <summary>A published definition.</summary>
/// <param name="Document">The definition as JSON in UTF-8.</param>
/// <param name="Source">The text as it was sent.</param>
/// <param name="Format"><c>json</c> or <c>yaml</c>.</param>
public sealed record DefinitionRecord(
    long Key, DefinitionName Name, string? Description, ReadOnlyMemory<byte> Document, string Source, string Format, DateTimeOffset PublishedAt);
