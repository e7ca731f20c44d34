namespace Orchestrator.Cli.Database;

/// <summary>A row that breaks an invariant.</summary>
internal sealed record BrokenInvariant(string Invariant, string Row);
