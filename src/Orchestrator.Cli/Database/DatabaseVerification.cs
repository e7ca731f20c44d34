namespace Orchestrator.Cli.Database;

/// <summary>What a check of the invariants found.</summary>
/// <param name="Checked">How many invariants were checked.</param>
/// <param name="Violations">The rows that break one.</param>
internal sealed record DatabaseVerification(int Checked, IReadOnlyList<BrokenInvariant> Violations);
