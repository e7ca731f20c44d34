namespace Orchestrator.Storage.Webhooks;

public enum DeliveryState
{
    /// <summary>It is tried until it is delivered or given up.</summary>
    Pending,

    /// <summary>The receiver answered a try with 2xx. Kept for its retention.</summary>
    Delivered,

    /// <summary>It was given up. Kept for its retention; it can be tried again by hand.</summary>
    Failed,
}
