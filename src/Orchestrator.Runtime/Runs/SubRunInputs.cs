using System.Runtime.CompilerServices;
using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Runtime.Runs;

/// <summary>Checks inputs of sub-runs against the schemas of their definitions, each of which is read once.</summary>
public sealed class SubRunInputs(IInputSchemaReader schemas)
{
    /// <summary>How many mistakes are told; the error of a step is short.</summary>
    private const int MaxTold = 5;

    private readonly ConditionalWeakTable<RunDefinition, IInputSchema> _known = [];

    /// <summary>What is wrong with an input, each mistake with the JSON Pointer of its place.</summary>
    public InputVerdict Check(RunDefinition definition, ReadOnlyMemory<byte> input)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.InputSchema is null)
        {
            return default;
        }

        var mistakes = _known.GetValue(definition, Read).Check(input, out var cost);
        return new InputVerdict(
            mistakes.Count == 0
                ? null
                : $"input of {definition.Name}: {string.Join(' ', mistakes.Take(MaxTold).Select(static mistake => $"{(mistake.Path.Length == 0 ? "it" : mistake.Path)} {mistake.Message}"))}",
            cost);
    }

    private IInputSchema Read(RunDefinition definition) =>
        schemas.Read(definition.InputSchema!.Value, out _)
        ?? throw new InvalidOperationException($"The definition {definition.Name} is published, but its input is no schema.");
}
