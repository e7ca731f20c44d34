namespace Orchestrator.Contracts.Cluster;

/// <summary>A silo as it last reported itself.</summary>
public sealed record SiloResponse
{
    /// <summary>New with every start of the process.</summary>
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>How many attempts it can run at the same time.</summary>
    public required int Slots { get; init; }

    /// <summary>How many of the slots are taken.</summary>
    public required int Busy { get; init; }

    /// <summary><c>active</c>, <c>draining</c>, or <c>lost</c>: it has not reported for a lease duration (15 s by default).</summary>
    public required string State { get; init; }

    public required bool Draining { get; init; }

    public required IReadOnlyList<SiloActionResponse> Actions { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset HeartbeatAt { get; init; }
}
