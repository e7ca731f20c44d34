namespace Orchestrator.Storage.Leases;

public enum SettlementResult
{
    /// <summary>Written now, or found written by an earlier try of the same settlement.</summary>
    Accepted,

    /// <summary>The lease had expired, or the task had moved on; nothing was written.</summary>
    LeaseLost,
}
