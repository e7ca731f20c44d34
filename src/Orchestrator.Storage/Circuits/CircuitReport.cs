using Orchestrator.Core.Fuses;

namespace Orchestrator.Storage.Circuits;

/// <summary>What the end of an attempt says about the provider that it used.</summary>
/// <param name="Token">The lease of the attempt.</param>
/// <param name="Ran">How long it had run.</param>
public readonly record struct CircuitReport(long WorkspaceKey, string Provider, Guid Token, ProviderVerdict Verdict, TimeSpan Ran);
