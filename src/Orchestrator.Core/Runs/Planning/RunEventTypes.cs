namespace Orchestrator.Core.Runs.Planning;

/// <summary>The entries of a run's history, and what their data hold.</summary>
public static class RunEventTypes
{
    public const string RunStarted = "run.started";

    /// <summary>A failed run goes on, since a person had a step done again or replaced it: its name stands beside.</summary>
    public const string RunResumed = "run.resumed";

    /// <summary>Completed steps are being undone: <c>{"error"}</c>.</summary>
    public const string RunCompensating = "run.compensating";

    public const string RunCompleted = "run.completed";

    /// <summary><c>{"error"}</c>.</summary>
    public const string RunFailed = "run.failed";

    /// <summary><c>{"error"}</c>, whose message is the reason.</summary>
    public const string RunAborted = "run.aborted";

    /// <summary>A task or a sub-run was started: <c>{"work"}</c>, with its item.</summary>
    public const string StepQueued = "step.queued";

    /// <summary>There was no room for it: <c>{"work"}</c>. It is queued again later.</summary>
    public const string StepDeferred = "step.deferred";

    /// <summary>Of a step, or with its number of an item; <c>{"replaced": true}</c> where a person gave the output, <c>{"cached": true}</c> where the cache did.</summary>
    public const string StepCompleted = "step.completed";

    /// <summary>Of a step, or with its number of an item: <c>{"error"}</c>.</summary>
    public const string StepFailed = "step.failed";

    /// <summary><c>{"reason"}</c>: <c>if</c>, or <c>needs</c> where all that it needs was skipped.</summary>
    public const string StepSkipped = "step.skipped";

    /// <summary>A person is asked: <c>{"question", "round", "expiresAt"}</c>.</summary>
    public const string StepWaiting = "step.waiting";

    /// <summary><c>{"by", "comment", "edited"}</c>: by <c>person</c>, or <c>time</c> where nobody decided.</summary>
    public const string StepApproved = "step.approved";

    /// <summary><c>{"by", "comment"}</c>; <see cref="StepFailed"/> follows.</summary>
    public const string StepRejected = "step.rejected";

    /// <summary>A person had it done again: <c>{"round", "delayMs", "comment", "edited"}</c>.</summary>
    public const string StepRetry = "step.retry";

    /// <summary>The run ended while the step was under way or waited.</summary>
    public const string StepCancelled = "step.cancelled";

    /// <summary>Its compensation was started: <c>{"work"}</c>.</summary>
    public const string StepCompensating = "step.compensating";

    public const string StepCompensated = "step.compensated";

    /// <summary>Its compensation failed: <c>{"error"}</c>. The others still run.</summary>
    public const string StepUncompensated = "step.uncompensated";

    public static IReadOnlyList<string> All { get; } =
    [
        RunStarted, RunResumed, RunCompensating, RunCompleted, RunFailed, RunAborted,
        StepQueued, StepDeferred, StepCompleted, StepFailed, StepSkipped, StepWaiting, StepApproved, StepRejected, StepRetry, StepCancelled,
        StepCompensating, StepCompensated, StepUncompensated,
    ];
}
