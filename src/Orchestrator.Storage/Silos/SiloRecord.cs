namespace Orchestrator.Storage.Silos;

/// <summary>A silo as it last reported itself.</summary>
public sealed record SiloRecord
{
    /// <summary>New with every start of the process.</summary>
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Host { get; init; }
    public required int ProcessId { get; init; }
    public required int Slots { get; init; }
    public required int Busy { get; init; }
    public required IReadOnlyList<SiloAction> Actions { get; init; }
    public required bool Draining { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset HeartbeatAt { get; init; }

    /// <summary>Time since the last heartbeat by the store's clock.</summary>
    public TimeSpan Silence { get; init; }
}
