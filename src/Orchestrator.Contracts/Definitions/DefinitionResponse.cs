using System.Text.Json.Serialization;
using Orchestrator.Contracts.Json;

namespace Orchestrator.Contracts.Definitions;

/// <summary>A definition of runs. Once published it never changes.</summary>
public sealed record DefinitionResponse
{
    /// <summary><c>owner/name@version</c>.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }
    public required string Name { get; init; }
    public required string Version { get; init; }
    public string? Description { get; init; }

    /// <summary>How it was written: <c>json</c> or <c>yaml</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The definition as JSON; left out of lists.</summary>
    public RawJson? Document { get; init; }

    /// <summary>The text as it was sent; left out of lists.</summary>
    public string? Source { get; init; }

    /// <summary>Null for one that was only checked.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>What may keep runs of it from going on, as an action that nobody serves at the moment; only where it is published or checked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DefinitionWarning>? Warnings { get; init; }
}
