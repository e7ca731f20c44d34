using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Leases;

/// <summary>The end of one attempt.</summary>
/// <param name="Lane">The lane that the task was taken from, and goes back to when it becomes ready again.</param>
public sealed record Settlement(LeaseId Lease, long WorkspaceKey, string Lane, AttemptOutcome Outcome)
{
    /// <summary>
    /// False for the holder of the lease, whose write counts only while the lease is unexpired; true for the reaper,
    /// whose write counts only once it has expired.
    /// </summary>
    public bool OfExpiredLease { get; init; }

    /// <summary>The provider that the attempt used; null for none. The store of leases does not look at it.</summary>
    public string? Provider { get; init; }

    /// <summary>How long the attempt has run; of an expired lease nobody knows.</summary>
    public TimeSpan Ran { get; init; }

    /// <summary>
    /// Which piece of work of a run the task is: the run advances in the same transaction. Where this is not known, it follows shortly.
    /// </summary>
    public StepWork? Step { get; init; }

    /// <summary>Whether it was written before, and its caller only wants the answer again.</summary>
    public bool IsRepeated { get; init; }

    public string Action => TaskLane.ActionOf(Lane);

    /// <summary>Whether the lease is that of a remote worker, whose row is closed in the same transaction.</summary>
    public bool IsRemote { get; init; }
}
