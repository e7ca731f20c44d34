using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Runtime.Runs;

/// <summary>A published definition as starting runs needs it.</summary>
/// <param name="InputSchema">What inputs must follow; null for any input.</param>
public sealed record KnownDefinition(long Key, DefinitionName Name, IInputSchema? InputSchema);
