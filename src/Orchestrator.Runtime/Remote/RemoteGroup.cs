namespace Orchestrator.Runtime.Remote;

/// <summary>Those that wait and may be given the same tasks: one turn serves them all.</summary>
internal sealed class RemoteGroup(RemoteOffer offer, IReadOnlyList<RemoteAction> actions)
{
    public RemoteOffer Offer => offer;

    public IReadOnlyList<RemoteAction> Actions => actions;

    /// <summary>In the order in which they came.</summary>
    public List<RemoteWaiter> Waiters { get; } = [];

    /// <summary>Whether something may be ready for it.</summary>
    public bool IsDue { get; set; } = true;
}
