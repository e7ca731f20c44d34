using Orchestrator.Core.Tasks;

namespace Orchestrator.Workers.Pool;

/// <summary>One request, from handing it over until the process is free again or gone.</summary>
internal sealed partial class PoolProcess
{
    /// <summary>Has the process work on the request.</summary>
    /// <returns>False when the process cannot take it; then the request is untouched.</returns>
    public async Task<bool> ServeAsync(PoolRequest request, CancellationToken stopping)
    {
        var timeout = Min(TimeSpan.FromMilliseconds(_options.RequestTimeoutMs), request.Remaining);
        if (timeout <= TimeSpan.Zero)
        {
            request.Fail(ErrorCodes.Timeout, ProcessPoolExecutor.NoTimeLeft);
            return true;
        }

        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_state != PoolProcessState.Ready)
            {
                return false;
            }

            _state = PoolProcessState.Busy;
            _current = request;
            _latest = request;
            _answered = answered;
        }

        Volatile.Write(ref _lastSign, _time.GetTimestamp());
        _instruments.OnWorkerBusy();
        try
        {
            // A process that does not read its input is supervised like one that does not answer.
            var written = WriteAsync(PoolRequestWriter.Task(request.Attempt, timeout));
            await SuperviseAsync(request, timeout, Task.WhenAll(written, answered.Task), stopping).ConfigureAwait(false);
        }
        finally
        {
            _instruments.OnWorkerFree();
        }

        return true;
    }

    private async Task SuperviseAsync(PoolRequest request, TimeSpan timeout, Task free, CancellationToken stopping)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation, stopping);
        var started = _time.GetTimestamp();
        var interval = TimeSpan.FromMilliseconds(_options.HeartbeatIntervalMs);
        var silence = TimeSpan.FromMilliseconds(_options.HeartbeatTimeoutMs);
        var deadline = timeout;
        var nextPing = interval;
        var wake = interrupt.Token;
        while (true)
        {
            var elapsed = _time.GetElapsedTime(started);
            var due = Min(Min(deadline, nextPing) - elapsed, silence - SinceLastSign());
            await free.WaitAsync(Max(due, TimeSpan.FromMilliseconds(1)), _time, wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (free.IsCompleted)
            {
                return;
            }

            elapsed = _time.GetElapsedTime(started);
            if (stopping.IsCancellationRequested)
            {
                await StopAsync().ConfigureAwait(false);
                return;
            }

            if (request.Cancellation.IsCancellationRequested && wake == interrupt.Token)
            {
                wake = stopping;
                // Before the process hears of it: its answer to the cancellation is not the request's.
                request.Cancel();
                if (TryBeginCancelling())
                {
                    deadline = Min(deadline, elapsed + _timings.CancelGrace);
                    _ = WriteAsync(PoolRequestWriter.Cancel(request.Attempt.TaskId));
                }
            }
            else if (elapsed >= deadline)
            {
                KillLate(timeout);
                await WaitForEndAsync().ConfigureAwait(false);
                return;
            }
            else if (SinceLastSign() >= silence)
            {
                _instruments.OnHeartbeatMissed();
                LogHeartbeatMissed(_logger, Id, _worker, request.Attempt.Action, request.Attempt.TaskId, _options.HeartbeatTimeoutMs);
                Kill(ErrorCodes.HeartbeatMissed, $"The worker process showed no sign of life for {_options.HeartbeatTimeoutMs} ms.");
                await WaitForEndAsync().ConfigureAwait(false);
                return;
            }
            else if (elapsed >= nextPing)
            {
                nextPing = elapsed + interval;
                Ping();
            }
        }
    }

    private void KillLate(TimeSpan timeout)
    {
        if (State == PoolProcessState.Cancelling)
        {
            Kill(ErrorCodes.Cancelled, $"The worker process did not give up a cancelled request within {_timings.CancelGrace.TotalMilliseconds:0} ms.");
        }
        else
        {
            Kill(ErrorCodes.Timeout, $"The worker process did not answer within {timeout.TotalMilliseconds:0} ms.");
        }
    }

    private bool TryBeginCancelling()
    {
        lock (_gate)
        {
            if (_state != PoolProcessState.Busy)
            {
                return false;
            }

            _state = PoolProcessState.Cancelling;
            return true;
        }
    }

    /// <summary>Asks for a sign of life, unless a line is on its way that the process has not taken yet.</summary>
    private void Ping()
    {
        if (_writing.CurrentCount > 0)
        {
            _ = WriteAsync(PoolRequestWriter.Ping);
        }
    }

    private TimeSpan SinceLastSign() => _time.GetElapsedTime(Volatile.Read(ref _lastSign));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
