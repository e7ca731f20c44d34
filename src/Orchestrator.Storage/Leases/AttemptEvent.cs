namespace Orchestrator.Storage.Leases;

/// <summary>Something that an attempt reports while it runs; exactly one of the nested records.</summary>
public abstract record AttemptEvent(LeaseId Lease)
{
    /// <param name="Fraction">From 0 to 1.</param>
    public sealed record Progress(LeaseId Lease, double Fraction, string? Message) : AttemptEvent(Lease);

    /// <summary>A piece of output, in order.</summary>
    public sealed record Chunk(LeaseId Lease, string Text) : AttemptEvent(Lease);
}
