namespace Orchestrator.Storage.Leases;

public enum SettlementResult
{
    /// <summary>Written now, or found written by an earlier try of the same settlement.</summary>
    Accepted,

    /// <summary>
    /// Written now: the attempt does not count, and the task waits: for a resource whose provider refused it for its rate, for
    /// children, or for a person.
    /// </summary>
    Parked,

    /// <summary>Nothing was written: the children that the task was to wait for depend on it, so it would wait for ever.</summary>
    Circular,

    /// <summary>Nothing was written: there are messages to the task that its worker has not heard, and it wants to.</summary>
    Unheard,

    /// <summary>The lease had expired, or the task had moved on; nothing was written.</summary>
    LeaseLost,
}
