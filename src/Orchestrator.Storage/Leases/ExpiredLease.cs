using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Leases;

/// <summary>A lease that its holder let expire.</summary>
public sealed record ExpiredLease(LeaseId Lease, long WorkspaceKey, string Lane, int Attempt, int MaxAttempts)
{
    public string Action => TaskLane.ActionOf(Lane);
}
