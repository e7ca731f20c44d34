namespace Orchestrator.Contracts.Leases;

/// <summary>Pieces of output, for those who follow the task.</summary>
/// <param name="Chunks">In order; from 1 to 1,000.</param>
public sealed record ChunksRequest(IReadOnlyList<string> Chunks);
