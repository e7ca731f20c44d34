namespace Orchestrator.Storage.Leases;

/// <summary>Attempts of remote workers. A turn leases them (<see cref="Turns.TurnRequest.IsRemote"/>), and their ends are settled like all others.</summary>
public interface IRemoteLeaseStore
{
    /// <summary>The attempt of a token; null when there is none, or it has been over for a while.</summary>
    Task<RemoteLease?> FindAsync(Guid token, CancellationToken cancellationToken);

    /// <summary>Extends a lease that is still held, to <paramref name="duration"/> from now, but not beyond the attempt's time limit.</summary>
    Task<RemoteRenewal> RenewAsync(Guid token, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Finds leases past their expiry, the oldest first.</summary>
    Task<IReadOnlyList<ExpiredRemoteLease>> FindExpiredAsync(int limit, CancellationToken cancellationToken);

    /// <summary>How many attempts run that were leased in the name of a silo.</summary>
    Task<int> CountAsync(Guid siloId, CancellationToken cancellationToken);
}
