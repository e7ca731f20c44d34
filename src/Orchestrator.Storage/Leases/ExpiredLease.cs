namespace Orchestrator.Storage.Leases;

/// <summary>A lease that its holder let expire.</summary>
public sealed record ExpiredLease(LeaseId Lease, long WorkspaceKey, string Action, int Attempt, int MaxAttempts);
