namespace Orchestrator.Core.Leases;

/// <summary>Arithmetic of leases. The store's clock decides whether a write is accepted; a silo stops itself earlier, on its own monotonic clock.</summary>
/// <param name="Duration">How long a lease lasts from the claim or the last heartbeat.</param>
/// <param name="HeartbeatInterval">How often a silo renews.</param>
public readonly record struct LeasePolicy(TimeSpan Duration, TimeSpan HeartbeatInterval)
{
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromSeconds(5);

    /// <summary>What a silo keeps back so that it has stopped before the store would refuse it: a tenth of the lease.</summary>
    public TimeSpan SafetyMargin => Duration / 10;

    /// <summary>
    /// The local moment at which an attempt must have stopped unless it was renewed. It counts from before the request
    /// was sent, so it comes before the expiry that the store wrote, however long the answer took.
    /// </summary>
    public long StopTimestamp(long requestSentTimestamp, long timestampFrequency) =>
        requestSentTimestamp + (long)((Duration - SafetyMargin).TotalSeconds * timestampFrequency);
}
