namespace Orchestrator.Storage.Leases;

public enum SettlementResult
{
    /// <summary>Written now, or found written by an earlier try of the same settlement.</summary>
    Accepted,

    /// <summary>Written now: a provider refused the attempt for its rate, which does not count, and the task waits for the resource.</summary>
    Parked,

    /// <summary>The lease had expired, or the task had moved on; nothing was written.</summary>
    LeaseLost,
}
