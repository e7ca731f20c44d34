using System.Diagnostics.CodeAnalysis;
using Orchestrator.Core.Retries;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// An attempt from its claim to the answer to its settlement. It waits until a slot is free for it, then it runs. Exactly one
/// of <see cref="End"/> and the first <see cref="TryStop"/> decides how it ended.
/// </summary>
/// <param name="requestSent">Taken before the turn was asked for that leased it.</param>
/// <param name="opened">When this process took it up.</param>
/// <param name="stopTimestamp">When it must have stopped unless its lease is renewed.</param>
[SuppressMessage("Design", "CA1001", Justification = "A worker that ignores its cancellation may look at the token long after the attempt, and no timer hangs on the source.")]
public sealed class OpenAttempt(ClaimedTask task, ActionEntry action, long requestSent, long opened, long stopTimestamp, TimeProvider timeProvider) : IAttemptTerms
{
    /// <summary>How long it may wait for a slot before it is handed back.</summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromMilliseconds(500);

    // Values of the state beside those of StopReason, which say that it was stopped, and why.
    private const int Running = 0;
    private const int EndedByItself = -1;
    private const int Waiting = -2;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _beginning = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _opened = opened;
    private AttemptLimit _limit = LimitOfWaiting(task, opened, timeProvider);
    private long _stopTimestamp = stopTimestamp;
    private int _state = Waiting;

    public ClaimedTask Task { get; } = task;

    public LeaseId Lease => Task.Lease;

    public ActionEntry Action { get; } = action;

    /// <summary>What lines of the log tell of it.</summary>
    internal AttemptScope Scope { get; } = new(task.Lease.TaskId, task.Workspace, task.Action, task.Attempt);

    /// <summary>The span of the turn that leased it; null where nobody looks.</summary>
    public string? Turn { get; init; }

    /// <summary>Its own span from when it runs; null where nobody looks.</summary>
    public AttemptSpan? Span { get; private set; }

    /// <summary>A moment before it was leased and granted what its task needs.</summary>
    public long RequestSentTimestamp { get; } = requestSent;

    /// <summary>When it got its slot; before that, when this process took it up.</summary>
    public long StartTimestamp { get; private set; } = opened;

    /// <summary>How long its task had been ready when it got its slot.</summary>
    public TimeSpan Waited => Task.Waited + timeProvider.GetElapsedTime(_opened, StartTimestamp);

    /// <summary>Time it has from its start, by its own limit or its task's deadline.</summary>
    public TimeSpan TimeLimit { get; private set; }

    /// <summary>When it must have ended, or begun, and why.</summary>
    internal AttemptLimit Limit => Volatile.Read(ref _limit);

    public long StopTimestamp => Volatile.Read(ref _stopTimestamp);

    /// <summary>Cancelled when the attempt is stopped.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Completes when the attempt is stopped.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>True once it has a slot; false when it was stopped before it got one.</summary>
    public Task<bool> Beginning => _beginning.Task;

    /// <summary>Whether it waits or runs: nothing has ended or stopped it yet.</summary>
    public bool IsOpen => Volatile.Read(ref _state) is Running or Waiting;

    int IAttemptTerms.Attempt => Task.Attempt;

    int IAttemptTerms.MaxAttempts => Action.CapAttempts(Task.MaxAttempts);

    int IAttemptTerms.TimeoutMs => Task.TimeoutMs;

    bool IAttemptTerms.IsProbe => Task.IsProbe;

    RetryPolicy IAttemptTerms.Retries => Action.Retries;

    TaskError IAttemptTerms.Final(TaskError error) => Action.Final(error, Task.MaxAttempts);

    /// <summary>Opens its span, which its worker and its end are in.</summary>
    public AttemptSpan? OpenSpan()
    {
        Span = AttemptTraces.Begin(Lease.TaskId, Task.Workspace, Task.Action, Task.Attempt, Waited, Task.TraceParent, Turn);
        if (Task.Step is { } step)
        {
            Span?.OfRun(step.RunId, step.Key);
        }

        return Span;
    }

    /// <summary>Puts the moment off at which it must have stopped, after a heartbeat.</summary>
    public void Renew(long stopTimestamp) => Volatile.Write(ref _stopTimestamp, stopTimestamp);

    /// <summary>Lets it run in the slot that the caller gives it; false when it was stopped while it waited. Its time limit begins.</summary>
    public bool TryBegin()
    {
        if (Volatile.Read(ref _state) != Waiting)
        {
            return false;
        }

        var start = timeProvider.GetTimestamp();
        var timeout = TimeSpan.FromMilliseconds(Task.TimeoutMs);
        var toDeadline = Task.TimeToDeadline - timeProvider.GetElapsedTime(_opened, start);
        var (limit, reason) = toDeadline <= timeout ? (toDeadline.Value, StopReason.Deadline) : (timeout, StopReason.Timeout);
        limit = limit < TimeSpan.Zero ? TimeSpan.Zero : limit;
        StartTimestamp = start;
        TimeLimit = limit;
        if (Interlocked.CompareExchange(ref _state, Running, Waiting) != Waiting)
        {
            return false;
        }

        // After the state: whoever still sees the limit of waiting stops nothing that runs.
        Volatile.Write(ref _limit, new AttemptLimit(timeProvider.Add(start, limit), reason));
        _beginning.TrySetResult(true);
        return true;
    }

    /// <summary>
    /// Stops the attempt; false when it had ended or been stopped before, or runs and is to be stopped for not having begun.
    /// Its worker's callbacks run on the pool, so that the caller, which may be the watchdog, is not held up.
    /// </summary>
    public bool TryStop(StopReason reason)
    {
        // Only who ends the wait says so: a run that is stopped has begun, whether its beginning has been told yet or not.
        if (Interlocked.CompareExchange(ref _state, (int)reason, Waiting) == Waiting)
        {
            _beginning.TrySetResult(false);
        }
        else if (reason == StopReason.NotStarted || Interlocked.CompareExchange(ref _state, (int)reason, Running) != Running)
        {
            return false;
        }

        _ = _cancellation.CancelAsync();
        _stopped.TrySetResult();
        return true;
    }

    /// <summary>Closes the attempt for stops and answers the one that came first, or <see cref="StopReason.None"/>.</summary>
    public StopReason End()
    {
        var state = Interlocked.CompareExchange(ref _state, EndedByItself, Running);
        return state is Running or EndedByItself ? StopReason.None : (StopReason)state;
    }

    /// <summary>Never later than the limit it will have once it runs, so that whoever looks then sees that one in time.</summary>
    private static AttemptLimit LimitOfWaiting(ClaimedTask task, long opened, TimeProvider timeProvider)
    {
        var timeout = TimeSpan.FromMilliseconds(task.TimeoutMs);
        var wait = timeout < WaitLimit ? timeout : WaitLimit;
        return task.TimeToDeadline is { } deadline && deadline < wait
            ? new AttemptLimit(timeProvider.Add(opened, deadline < TimeSpan.Zero ? TimeSpan.Zero : deadline), StopReason.Deadline)
            : new AttemptLimit(timeProvider.Add(opened, wait), StopReason.NotStarted);
    }
}
