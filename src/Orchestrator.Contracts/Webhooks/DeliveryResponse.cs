namespace Orchestrator.Contracts.Webhooks;

/// <summary>What became of telling a webhook of one event.</summary>
public sealed record DeliveryResponse
{
    /// <summary>The id that the receiver sees in <c>Orchestrator-Event-Id</c>, the same in every try.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }
    public required string Workspace { get; init; }

    /// <summary>Null for events of runs and of the workspace itself.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The run whose event it is.</summary>
    public Guid? RunId { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it is tried next; null when it has ended.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>What the receiver answered last; null when no answer came.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last try delivered nothing; null when it did.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
