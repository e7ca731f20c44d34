namespace Orchestrator.Contracts.Leases;

/// <summary>How the lease stands.</summary>
public sealed record HeartbeatResponse
{
    /// <summary>When the right to write ends now, by the database's clock; null once the task is cancelled.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How far away that was, in milliseconds, when this was answered; null once the task is cancelled.</summary>
    public int? ExpiresInMs { get; init; }

    /// <summary>Whether the task was cancelled: the worker stops, and writes nothing more.</summary>
    public required bool Cancelled { get; init; }

    /// <summary>What was said to the task and is not consumed yet, in order.</summary>
    public required IReadOnlyList<LeaseMessage> Messages { get; init; }
}
