namespace Orchestrator.Contracts.Leases;

/// <summary>The tasks that a remote worker was given.</summary>
/// <param name="Leases">At most as many as it asked for; none when there was none in time.</param>
public sealed record LeaseResponse(IReadOnlyList<RemoteLease> Leases);
