namespace Orchestrator.Storage.Leases;

/// <summary>What a heartbeat of a remote worker brought; exactly one of the nested records.</summary>
public abstract record RemoteRenewal
{
    private RemoteRenewal()
    {
    }

    /// <param name="ExpiresAt">By the store's clock; at most the end of the attempt's time.</param>
    /// <param name="ExpiresIn">How far away that was.</param>
    public sealed record Renewed(DateTimeOffset ExpiresAt, TimeSpan ExpiresIn) : RemoteRenewal;

    /// <summary>The task ended without its worker: it was cancelled, or its deadline passed.</summary>
    public sealed record Cancelled : RemoteRenewal;

    /// <summary>The lease expired or was settled, or there never was one.</summary>
    public sealed record Lost : RemoteRenewal;
}
