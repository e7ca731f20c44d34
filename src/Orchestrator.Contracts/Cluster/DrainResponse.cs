namespace Orchestrator.Contracts.Cluster;

/// <summary>The silo was asked to drain; it starts to at its next report.</summary>
public sealed record DrainResponse(Guid Id, bool DrainRequested);
