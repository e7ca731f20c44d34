using Orchestrator.Storage.Fuses;

namespace Orchestrator.Storage.Turns;

/// <param name="Tasks">What was leased, best rank first within a workspace.</param>
/// <param name="MoreReady">True when other dispatchable workspaces were passed over (locked by another turn, or beyond the turn's reach), so that another turn soon is worth while.</param>
public sealed record TurnResult(IReadOnlyList<ClaimedTask> Tasks, bool MoreReady)
{
    /// <summary>How many ready tasks went into the queue of a resource that they lack.</summary>
    public int Parked { get; init; }

    /// <summary>How many ready tasks went aside because the circuit of their provider is not closed.</summary>
    public int Gated { get; init; }

    /// <summary>The workspaces of which a fuse held a ready task back; <see cref="IFuseStore.CheckAsync"/> decides what follows.</summary>
    public IReadOnlyList<HeldWorkspace> Held { get; init; } = [];
}
