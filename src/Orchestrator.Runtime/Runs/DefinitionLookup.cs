using System.Collections.Concurrent;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Runtime.Runs;

/// <summary>Finds definitions to start. They never change, so one that is asked for by its version is read once.</summary>
public sealed class DefinitionLookup(IDefinitionStore definitions, IInputSchemaReader schemas)
{
    /// <summary>How many are kept. Their schemas can be large, and which of them are in use is soon known again.</summary>
    public const int MaxKept = 200;

    private readonly ConcurrentDictionary<DefinitionName, KnownDefinition> _known = new();

    /// <summary>A version, or the one published last; null when there is none.</summary>
    public async Task<KnownDefinition?> FindAsync(string owner, string name, string? version, CancellationToken cancellationToken)
    {
        if (version is not null && _known.TryGetValue(new DefinitionName(owner, name, version), out var known))
        {
            return known;
        }

        return await definitions.FindAsync(owner, name, version, cancellationToken).ConfigureAwait(false) is { } record ? Keep(record) : null;
    }

    private KnownDefinition Keep(DefinitionRecord record)
    {
        if (_known.TryGetValue(record.Name, out var known))
        {
            return known;
        }

        if (_known.Count >= MaxKept)
        {
            _known.Clear();
        }

        var definition = DefinitionReader.ReadJson(record.Document).Definition
            ?? throw new InvalidOperationException($"The definition {record.Name} is published, but cannot be read.");
        return _known.GetOrAdd(record.Name, new KnownDefinition(record.Key, record.Name, ReadSchema(definition), ReadTitles(definition)));
    }

    private static IReadOnlyDictionary<string, StepTitle> ReadTitles(RunDefinition definition)
    {
        var named = definition.Steps.Where(static step => step.Name is not null || step.Description is not null).ToList();
        return named.Count == 0 ? KnownDefinition.NoTitles : named.ToDictionary(static step => step.Id, static step => new StepTitle(step.Name, step.Description));
    }

    private IInputSchema? ReadSchema(RunDefinition definition) => definition.InputSchema is { } schema
        ? schemas.Read(schema, out _) ?? throw new InvalidOperationException($"The definition {definition.Name} is published, but its input is no schema.")
        : null;
}
