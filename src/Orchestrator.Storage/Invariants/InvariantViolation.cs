namespace Orchestrator.Storage.Invariants;

/// <param name="Invariant">The name of the invariant's query.</param>
/// <param name="Detail">The offending row.</param>
public sealed record InvariantViolation(string Invariant, string Detail);
