using Orchestrator.Contracts.Definitions;
using Orchestrator.Contracts.Json;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Runs;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Gateway.Responses;

/// <summary>Definitions of runs as the wire shows them.</summary>
internal static class DefinitionMapper
{
    public static DefinitionResponse ToResponse(this DefinitionRecord definition) => definition.ToListEntry() with
    {
        Document = new RawJson(definition.Document),
        Source = definition.Source,
    };

    /// <summary>A definition in a list.</summary>
    public static DefinitionResponse ToListEntry(this DefinitionRecord definition) => new()
    {
        Id = definition.Name.ToString(),
        Owner = definition.Name.Owner,
        Name = definition.Name.Name,
        Version = definition.Name.Version,
        Description = definition.Description,
        Format = definition.Format,
        PublishedAt = definition.PublishedAt,
    };

    /// <summary>A definition that was only checked.</summary>
    public static DefinitionResponse ToResponse(this PublishOutcome.Checked found, DefinitionText text) => new()
    {
        Id = found.Definition.Name.ToString(),
        Owner = found.Definition.Name.Owner,
        Name = found.Definition.Name.Name,
        Version = found.Definition.Name.Version,
        Description = found.Definition.Description,
        Format = DefinitionOperations.NameOf(text.Format),
        Document = new RawJson(found.Document),
        Source = System.Text.Encoding.UTF8.GetString(text.Utf8.Span),
    };
}
