namespace Orchestrator.Storage.Leases;

/// <summary>A remote worker's lease past its expiry.</summary>
/// <param name="RanOut">Whether it had been renewed up to the time limit of its attempt; false when its heartbeats stopped.</param>
public sealed record ExpiredRemoteLease(RemoteLease Lease, bool RanOut);
