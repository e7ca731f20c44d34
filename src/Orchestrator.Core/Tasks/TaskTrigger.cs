namespace Orchestrator.Core.Tasks;

/// <summary>What moves a task along an edge of <see cref="TaskLifecycle"/>.</summary>
public enum TaskTrigger
{
    /// <summary>A caller submitted the task.</summary>
    Submitted,

    /// <summary>The reminder for <c>runAt</c> or for the end of a backoff fired.</summary>
    Due,

    /// <summary>The last dependency ended.</summary>
    DependenciesEnded,

    /// <summary>A dependency failed or was cancelled, and the task asked to be cancelled then.</summary>
    DependencyFailed,

    /// <summary>A turn of the workspace picked the task and leased it to an attempt.</summary>
    Claimed,

    /// <summary>The attempt's result was accepted.</summary>
    Succeeded,

    /// <summary>The attempt failed and may be repeated.</summary>
    RetryGranted,

    /// <summary>The attempt failed for good.</summary>
    GaveUp,

    /// <summary>A silo that drains, or had no slot in time, handed the attempt back, refunded.</summary>
    HandedBack,

    /// <summary>The attempt parked the task.</summary>
    Parked,

    /// <summary>What the task was parked on arrived.</summary>
    Resumed,

    /// <summary>What the task was parked on was settled with a final answer instead of more work.</summary>
    Resolved,

    /// <summary>A person rejected the task.</summary>
    Rejected,

    /// <summary>A caller cancelled the task, or an ancestor of it.</summary>
    CancelRequested,

    /// <summary><c>deadlineAt</c> passed.</summary>
    DeadlinePassed,

    /// <summary>A caller changed <c>runAt</c> before the task started.</summary>
    Rescheduled,
}
