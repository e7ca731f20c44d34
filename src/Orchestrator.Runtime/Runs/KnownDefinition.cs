using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Runtime.Runs;

/// <summary>A published definition as starting runs needs it.</summary>
/// <param name="InputSchema">What inputs must follow; null for any input.</param>
/// <param name="Titles">What it calls those of its steps that it names or describes, by their ids.</param>
public sealed record KnownDefinition(long Key, DefinitionName Name, IInputSchema? InputSchema, IReadOnlyDictionary<string, StepTitle> Titles)
{
    public static IReadOnlyDictionary<string, StepTitle> NoTitles { get; } = new Dictionary<string, StepTitle>();
}
