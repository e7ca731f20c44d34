namespace Orchestrator.Storage.Webhooks;

/// <summary>A delivery in the hand of whoever tries it. Not a record, because it carries a secret that must not be written out.</summary>
public sealed class ClaimedDelivery
{
    public required Guid Webhook { get; init; }
    public required string Url { get; init; }
    public required string Secret { get; init; }
    public required string EventId { get; init; }
    public required string Type { get; init; }
    public required string Workspace { get; init; }

    /// <summary>The task that the event is about; null for events of runs and of the workspace itself.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The run that the event is about.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The event's place in the history of the task, the run or the workspace.</summary>
    public long? Seq { get; init; }

    public int? Attempt { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>A JSON object; null when there is nothing more to say.</summary>
    public string? Data { get; init; }

    /// <summary>The trace that the task or the run was submitted in; null where there is none, or they are gone.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The number of this try, from 1.</summary>
    public int Tries { get; init; }

    /// <summary>Since when it is tried.</summary>
    public DateTimeOffset Since { get; init; }

    internal long WebhookKey { get; init; }
}
