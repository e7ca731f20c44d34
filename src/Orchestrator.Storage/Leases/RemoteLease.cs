using Orchestrator.Core.Scheduling;

namespace Orchestrator.Storage.Leases;

/// <summary>An attempt of a remote worker, as any process finds it by its token.</summary>
public sealed record RemoteLease
{
    public required LeaseId Lease { get; init; }

    public required long WorkspaceKey { get; init; }

    public required string Workspace { get; init; }

    public required string Lane { get; init; }

    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    public required int TimeoutMs { get; init; }

    /// <summary>Whether it alone may use its provider now, to probe it.</summary>
    public required bool IsProbe { get; init; }

    /// <inheritdoc cref="Turns.ClaimedTask.Step"/>
    public StepWork? Step { get; init; }

    /// <summary>Whether its end was written, by its worker or because it let its lease expire.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>How long it ran until it was settled, or has run, by the store's clock.</summary>
    public required TimeSpan Ran { get; init; }

    public string Action => TaskLane.ActionOf(Lane);
}
