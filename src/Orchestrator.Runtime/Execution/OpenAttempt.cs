using System.Diagnostics.CodeAnalysis;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// An attempt from its claim to the answer to its settlement. Exactly one of <see cref="End"/> and the first
/// <see cref="TryStop"/> decides how it ended.
/// </summary>
/// <param name="startTimestamp">When this process took it up.</param>
/// <param name="limitTimestamp">When its time limit or its task's deadline passes, whichever comes first.</param>
/// <param name="limitReason">Which of the two that is.</param>
/// <param name="stopTimestamp">When it must have stopped unless its lease is renewed.</param>
[SuppressMessage("Design", "CA1001", Justification = "A worker that ignores its cancellation may look at the token long after the attempt, and no timer hangs on the source.")]
public sealed class OpenAttempt(ClaimedTask task, ActionEntry action, long startTimestamp, TimeSpan timeLimit, long limitTimestamp, StopReason limitReason, long stopTimestamp)
{
    private const int Running = 0;
    private const int EndedByItself = -1;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _stopTimestamp = stopTimestamp;
    private int _state = Running;

    public ClaimedTask Task { get; } = task;

    public LeaseId Lease => Task.Lease;

    public ActionEntry Action { get; } = action;

    public long StartTimestamp { get; } = startTimestamp;

    /// <summary>Time it has from its start.</summary>
    public TimeSpan TimeLimit { get; } = timeLimit;

    public long LimitTimestamp { get; } = limitTimestamp;

    public StopReason LimitReason { get; } = limitReason;

    public long StopTimestamp => Volatile.Read(ref _stopTimestamp);

    /// <summary>Cancelled when the attempt is stopped.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Completes when the attempt is stopped.</summary>
    public Task Stopped => _stopped.Task;

    public bool IsRunning => Volatile.Read(ref _state) == Running;

    /// <summary>Puts the moment off at which it must have stopped, after a heartbeat.</summary>
    public void Renew(long stopTimestamp) => Volatile.Write(ref _stopTimestamp, stopTimestamp);

    /// <summary>
    /// Stops the attempt; false when it had ended or been stopped before. Its worker's callbacks run on the pool, so that the
    /// caller, which may be the watchdog, is not held up.
    /// </summary>
    public bool TryStop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _state, (int)reason, Running) != Running)
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
}
