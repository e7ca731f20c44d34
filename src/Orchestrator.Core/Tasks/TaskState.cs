namespace Orchestrator.Core.Tasks;

/// <summary>Where a task stands. The set is closed; <see cref="TaskLifecycle"/> lists every legal move.</summary>
public enum TaskState
{
    /// <summary>Waits for its <c>runAt</c> or for the end of a backoff; a reminder moves it on.</summary>
    Scheduled,

    /// <summary>Waits for the tasks it depends on; the last of them to end moves it on.</summary>
    Blocked,

    /// <summary>Ready; a turn of its workspace moves it on.</summary>
    Queued,

    /// <summary>Leased to one attempt; that attempt, a cancellation or the expiry of the lease moves it on.</summary>
    Processing,

    /// <summary>Parked without a slot; what it waits for (<see cref="WaitingFor"/>) moves it on.</summary>
    Waiting,

    /// <summary>Ended with an accepted result. Terminal; kept for <c>Retention:Completed</c>.</summary>
    Completed,

    /// <summary>Ended with an error and no attempts left. Terminal; kept for <c>Retention:Failed</c>.</summary>
    Failed,

    /// <summary>Ended on request or by a dependency. Terminal; kept for <c>Retention:Cancelled</c>.</summary>
    Cancelled,
}
