namespace Orchestrator.Storage.Webhooks;

/// <summary>What became of telling one webhook of one event.</summary>
public sealed record DeliveryRecord
{
    /// <summary>The same for every try and every webhook.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }
    public required string Workspace { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? RunId { get; init; }
    public DeliveryState State { get; init; }

    /// <summary>How often it was tried, the running try included.</summary>
    public int Attempts { get; init; }

    /// <summary>When the event happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it is tried next; null when it has ended.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>What the receiver answered last; null when no answer came.</summary>
    public int? LastStatus { get; init; }

    public string? LastError { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}
