using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Pool;

/// <summary>
/// One place of the pool: keeps a process in it, gives it requests one after another, replaces it when it is lost, and leaves the
/// place empty while the pool has nothing to do.
/// </summary>
internal sealed partial class PoolSlot(
    PoolCommand command,
    ProcessPoolOptions options,
    PoolTimings timings,
    PoolQueue queue,
    PoolHealth health,
    PoolActivity activity,
    PoolInstruments instruments,
    TimeProvider time,
    ILogger logger)
{
    private int _failures;
    private bool _dormant;

    /// <summary>Runs until <paramref name="stopping"/> is cancelled and the process is gone.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (_dormant)
            {
                await queue.WaitForNeedAsync(stopping).ConfigureAwait(false);
                _dormant = false;
            }

            if (_failures > 0)
            {
                await Task.Delay(timings.RestartDelayAfter(_failures), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (stopping.IsCancellationRequested)
            {
                return;
            }

            if (await StartAsync(stopping).ConfigureAwait(false) is { } process)
            {
                await UseAsync(process, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<PoolProcess?> StartAsync(CancellationToken stopping)
    {
        PoolProcess? process = null;
        try
        {
            process = PoolProcess.Start(command, options, timings, instruments, time, logger);
            var limit = options.WorkerStartTimeoutMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Timeout.InfiniteTimeSpan;
            var actions = await process.Ready.WaitAsync(limit, time, stopping).ConfigureAwait(false);
            instruments.OnWorkerReady();
            health.OnReady(actions);
            return process;
        }
        catch (OperationCanceledException)
        {
            await process!.StopAsync().ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            process!.Kill(ErrorCodes.WorkerCrashed, $"The worker process was not ready within {options.WorkerStartTimeoutMs} ms.");
            await process.WaitForEndAsync().ConfigureAwait(false);
            OnStartFailed($"the worker process was not ready within {options.WorkerStartTimeoutMs} ms");
            return null;
        }
        catch (PoolStartException exception)
        {
            OnStartFailed(exception.Message);
            return null;
        }
    }

    private void OnStartFailed(string reason)
    {
        _failures++;
        health.OnStartFailed(reason);
    }

    private async Task UseAsync(PoolProcess process, CancellationToken stopping)
    {
        try
        {
            while (await NextAsync(process, stopping).ConfigureAwait(false) is { } request)
            {
                await ServeAsync(process, request, stopping).ConfigureAwait(false);
            }

            await process.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            instruments.OnWorkerEnded();
            health.OnEnded();
        }

        // A request that took too long, or that nobody wanted, says nothing against the worker.
        if (!_dormant && process.KilledFor is not (ErrorCodes.Timeout or ErrorCodes.Cancelled) && !stopping.IsCancellationRequested)
        {
            _failures++;
            LogLost(logger, process.Id, command.Name, timings.RestartDelayAfter(_failures).TotalMilliseconds);
        }
    }

    /// <summary>The next request; null when the process is lost, the pool stops, or nothing has been asked of it for long.</summary>
    private async Task<PoolRequest?> NextAsync(PoolProcess process, CancellationToken stopping)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(process.Ended, stopping);
        if (options.AutoShutdownMs is not { } idleMs)
        {
            return await queue.NextAsync(wake.Token).ConfigureAwait(false);
        }

        var limit = TimeSpan.FromMilliseconds(idleMs);
        while (!wake.IsCancellationRequested)
        {
            var left = limit - activity.IdleFor;
            if (left <= TimeSpan.Zero)
            {
                _dormant = true;
                LogIdle(logger, process.Id, command.Name, idleMs);
                return null;
            }

            // One millisecond more, so that the timer's own grain does not wake it just before.
            using var idle = new CancellationTokenSource(left + TimeSpan.FromMilliseconds(1), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(wake.Token, idle.Token);
            if (await queue.NextAsync(either.Token).ConfigureAwait(false) is { } request)
            {
                return request;
            }
        }

        return null;
    }

    private async Task ServeAsync(PoolProcess process, PoolRequest request, CancellationToken stopping)
    {
        if (request.IsOver)
        {
            return;
        }

        using var work = activity.Begin();
        if (!await process.ServeAsync(request, stopping).ConfigureAwait(false))
        {
            queue.Return(request);
            await process.WaitForEndAsync().ConfigureAwait(false);
        }
        else if (process.State == PoolProcessState.Ready)
        {
            _failures = 0;
        }
    }
}
