using System.Globalization;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Steering;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Runtime.Execution;

/// <summary>What becomes of an attempt, given how it ended.</summary>
internal sealed class OutcomePolicy(IRandomSource random)
{
    /// <summary>The longest pause a provider may ask for.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>The outcome to settle; null when there is nothing to write because the task is no longer this attempt's.</summary>
    /// <param name="reason">Why it was stopped; with <see cref="StopReason.None"/> the <paramref name="execution"/> has completed.</param>
    public AttemptOutcome? Decide(OpenAttempt attempt, StopReason reason, Task<AttemptResult> execution) =>
        reason == StopReason.None ? OfExecution(attempt, execution) : OfStop(attempt, reason);

    /// <summary>The same for an attempt that was stopped.</summary>
    public AttemptOutcome? OfStop(OpenAttempt attempt, StopReason reason) => reason switch
    {
        StopReason.Timeout => OfTimeout(attempt),
        StopReason.Deadline => new AttemptOutcome.Failed(TaskError.Of(ErrorCodes.DeadlineExceeded, "The task's deadline passed before its attempt ended.")),
        StopReason.Draining => new AttemptOutcome.HandedBack { Began = attempt.Beginning is { IsCompletedSuccessfully: true, Result: true } },
        StopReason.NotStarted => new AttemptOutcome.HandedBack(),
        StopReason.Revoked or StopReason.LeaseLost or StopReason.LeaseRunOut => null,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    /// <summary>The same for one that took longer than its time limit.</summary>
    public AttemptOutcome OfTimeout(IAttemptTerms attempt) =>
        Retry(attempt, TaskError.Of(ErrorCodes.Timeout, $"The attempt took longer than {attempt.TimeoutMs} ms."));

    /// <summary>Retries or gives up, as the error, the attempts and the action's backoff say.</summary>
    public AttemptOutcome Retry(IAttemptTerms attempt, TaskError error, TimeSpan? retryAfter = null, TaskUsage? usage = null)
    {
        usage = usage?.Bounded();
        var bounded = retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter;
        var delay = attempt.Retries.NextDelay(error, attempt.Attempt, attempt.MaxAttempts, bounded, random.NextDouble());
        if (attempt.IsProbe && CircuitWatch.VerdictOf(error) == ProviderVerdict.Ill)
        {
            return new AttemptOutcome.Retried(error, delay ?? TimeSpan.Zero) { Refunded = true, Usage = usage };
        }

        AttemptOutcome outcome = delay is { } pause
            ? new AttemptOutcome.Retried(error, pause) { Usage = usage }
            : new AttemptOutcome.Failed(attempt.Final(error)) { Usage = usage };

        // Only the store knows whether the task needs a bucket that is to be closed.
        return error.Code == ErrorCodes.RateLimited && bounded > TimeSpan.Zero
            ? new AttemptOutcome.Refused(error, bounded.Value, outcome) { Usage = usage }
            : outcome;
    }

    /// <summary>The outcome of an attempt that succeeded, unless its result cannot be kept.</summary>
    public AttemptOutcome OfSuccess(IAttemptTerms attempt, AttemptResult.Success success) =>
        JsonBytes.FindFlaw("result", success.Result, TaskLimits.MaxResultBytes) is { } flaw
            ? Retry(attempt, TaskError.Of(ErrorCodes.InvalidOutput, flaw), usage: success.Usage)
            : new AttemptOutcome.Completed(success.Result) { Usage = success.Usage?.Bounded(), HeardThrough = success.HeardThrough };

    /// <summary>The outcome of an attempt whose worker says that it failed.</summary>
    public AttemptOutcome OfFailure(IAttemptTerms attempt, AttemptResult.Failure failure) =>
        Retry(attempt, Normalise(failure.Error), failure.RetryAfter, failure.Usage);

    private AttemptOutcome OfExecution(OpenAttempt attempt, Task<AttemptResult> execution)
    {
        if (!execution.IsCompletedSuccessfully)
        {
            return Retry(attempt, OfException(execution));
        }

        return execution.Result switch
        {
            AttemptResult.Success success => OfSuccess(attempt, success),
            AttemptResult.Failure failure => OfFailure(attempt, failure),
            AttemptResult.Waiting waiting => OfWaiting(attempt, waiting),
            AttemptResult.Asking asking => OfAsking(attempt, asking),
            _ => Retry(attempt, TaskError.Of(ErrorCodes.WorkerError, "The worker returned nothing.")),
        };
    }

    private AttemptOutcome OfWaiting(OpenAttempt attempt, AttemptResult.Waiting waiting)
    {
        var usage = waiting.Usage?.Bounded();
        var tooMany = waiting.Children.Count > TaskLimits.MaxBatchSize
            ? string.Create(CultureInfo.InvariantCulture, $"The task would wait for {waiting.Children.Count} children; it can wait for {TaskLimits.MaxBatchSize} at a time.")
            : null;
        return RefuseWait(attempt, waiting.Checkpoint, flaw: null, tooMany, usage)
            ?? new AttemptOutcome.Awaiting(waiting.Children, waiting.Checkpoint) { Usage = usage };
    }

    private AttemptOutcome OfAsking(OpenAttempt attempt, AttemptResult.Asking asking)
    {
        var usage = asking.Usage?.Bounded();
        return RefuseWait(attempt, asking.Checkpoint, ApprovalRules.FindFlaw(asking.Request), refusal: null, usage)
            ?? new AttemptOutcome.AwaitingApproval(ApprovalRules.ToStore(asking.Request), asking.Checkpoint) { Usage = usage };
    }

    /// <summary>What becomes of an attempt whose task may not wait as it asks to; null when it may.</summary>
    private AttemptOutcome? RefuseWait(OpenAttempt attempt, ReadOnlyMemory<byte>? checkpoint, string? flaw, string? refusal, TaskUsage? usage)
    {
        flaw ??= checkpoint is { } note ? JsonBytes.FindFlaw("checkpoint", note, TaskLimits.MaxCheckpointBytes) : null;
        if (flaw is not null)
        {
            return Retry(attempt, TaskError.Of(ErrorCodes.InvalidOutput, flaw), usage: usage);
        }

        if (attempt.Task.Continuation >= TaskLimits.MaxContinuations)
        {
            refusal ??= string.Create(CultureInfo.InvariantCulture, $"The task has waited {TaskLimits.MaxContinuations} times and may not wait again.");
        }

        return refusal is null ? null : Retry(attempt, TaskError.Of(ErrorCodes.Rejected, refusal), usage: usage);
    }

    private static TaskError OfException(Task<AttemptResult> execution)
    {
        var exception = execution.Exception?.InnerException;
        if (exception is DelegationException refused)
        {
            return Normalise(TaskError.Of(refused.Code, refused.Message));
        }

        var message = exception is null ? "The worker cancelled itself." : $"{exception.GetType().Name}: {exception.Message}";
        return Normalise(TaskError.Of(ErrorCodes.WorkerError, message));
    }

    /// <summary>An error with a code of the closed set and a message that every store takes.</summary>
    private static TaskError Normalise(TaskError error)
    {
        var message = ErrorCodes.IsKnown(error.Code) ? error.Message : $"{error.Code}: {error.Message}";
        return new TaskError(
            ErrorCodes.IsKnown(error.Code) ? error.Code : ErrorCodes.WorkerError,
            StoreText.Clean(TaskError.Clip(message)),
            error.Retryable);
    }
}
