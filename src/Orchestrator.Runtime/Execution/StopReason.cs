namespace Orchestrator.Runtime.Execution;

/// <summary>Why an attempt was stopped before its worker ended it.</summary>
public enum StopReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Its time limit passed.</summary>
    Timeout,

    /// <summary>The task's deadline passed.</summary>
    Deadline,

    /// <summary>The task ended without it: somebody cancelled it, or the store saw its deadline first.</summary>
    Revoked,

    /// <summary>The store says that the lease is gone.</summary>
    LeaseLost,

    /// <summary>The lease could not be renewed in time, so the silo stopped before the store would refuse it.</summary>
    LeaseRunOut,

    /// <summary>The silo drains and its patience is over.</summary>
    Draining,

    /// <summary>It was leased ahead and no slot came free in time; its worker never started.</summary>
    NotStarted,
}
