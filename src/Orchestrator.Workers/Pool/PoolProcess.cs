using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Pool;

/// <summary>
/// One worker process from start to end: its state, what it works on, and its pipes. Whatever happens to it, the request it has is
/// finished exactly once, and its end is noticed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Nothing here holds more than memory once the process has ended, and a late write or kill may still come by.")]
internal sealed partial class PoolProcess
{
    public const int MaxLineBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Process _process;
    private readonly string _worker;
    private readonly PoolLog _log;
    private readonly ProcessPoolOptions _options;
    private readonly PoolTimings _timings;
    private readonly PoolInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _readStop;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<IReadOnlyList<string>> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _life;
    private PoolProcessState _state = PoolProcessState.Starting;
    private PoolRequest? _current;
    private PoolRequest? _latest;
    private TaskCompletionSource _answered = new();
    private TaskError? _verdict;
    private long _lastSign;

    private PoolProcess(Process process, string worker, ProcessPoolOptions options, PoolTimings timings, PoolInstruments instruments, TimeProvider time, ILogger logger)
    {
        _process = process;
        Id = process.Id;
        _worker = worker;
        _options = options;
        _timings = timings;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _lastSign = time.GetTimestamp();
        _readStop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _log = new PoolLog(process.StandardError.BaseStream, Id, worker, Latest, time, logger);
        _life = LiveAsync();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>The actions it announced; fails with <see cref="PoolStartException"/> when it ends before.</summary>
    public Task<IReadOnlyList<string>> Ready => _ready.Task;

    /// <summary>Cancelled once the process can take no more requests.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why the pool killed it; null when it ended by itself, or has not ended.</summary>
    public string? KilledFor
    {
        get
        {
            lock (_gate)
            {
                return _verdict?.Code;
            }
        }
    }

    public PoolProcessState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <exception cref="PoolStartException">The process could not be started.</exception>
    public static PoolProcess Start(PoolCommand command, ProcessPoolOptions options, PoolTimings timings, PoolInstruments instruments, TimeProvider time, ILogger logger)
    {
        var process = new PoolProcess(command.Start(), command.Name, options, timings, instruments, time, logger);
        LogStarted(logger, process.Id, command.Name, command.ToString());
        return process;
    }

    /// <summary>Ends the process now, with all its descendants; what it works on fails with the code and message that were given first.</summary>
    public void Kill(string code, string message)
    {
        lock (_gate)
        {
            if (_state == PoolProcessState.Ended)
            {
                return;
            }

            _verdict ??= TaskError.Of(code, message);
            _state = PoolProcessState.Stopping;
        }

        LogKilling(_logger, Id, _worker, message);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile, or a descendant is not ours to kill; the end of the process itself is watched below.
            LogKillFailed(_logger, Id, _worker, exception.Message);
        }

        _readStop.CancelAfter(_timings.ExitGrace);
    }

    /// <summary>Asks the process to end, and kills it and its descendants if it does not in time. A result on its way still counts.</summary>
    public async Task StopAsync()
    {
        bool idle;
        lock (_gate)
        {
            idle = _current is null;
            _state = _state == PoolProcessState.Ended ? PoolProcessState.Ended : PoolProcessState.Stopping;
        }

        await WriteAsync(PoolRequestWriter.Shutdown, closeAfterwards: idle).WaitAsync(_timings.ShutdownGrace, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _life.WaitAsync(_timings.ShutdownGrace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_life.IsCompleted)
        {
            Kill(ErrorCodes.WorkerCrashed, "The pool stopped, and the worker process did not end by itself.");
        }

        await _life.ConfigureAwait(false);
    }

    /// <summary>Completes when the process is gone and what it wrote has been read.</summary>
    public Task WaitForEndAsync() => _life;

    private async Task LiveAsync()
    {
        using var logStop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        var logging = _log.DrainAsync(logStop.Token);
        var exited = _process.WaitForExitAsync(CancellationToken.None);
        var reading = ReadAsync();
        if (await Task.WhenAny(reading, exited).ConfigureAwait(false) == exited)
        {
            // A descendant may hold the pipe open for ever.
            _readStop.CancelAfter(_timings.ExitGrace);
        }

        if (await reading.ConfigureAwait(false) is { } violation)
        {
            Kill(ErrorCodes.WorkerCrashed, $"The worker process {violation}.");
        }

        await exited.WaitAsync(_timings.ExitGrace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!exited.IsCompleted)
        {
            Kill(ErrorCodes.WorkerCrashed, "The worker process closed its standard output.");
            await exited.WaitAsync(_timings.ExitGrace * 5, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        logStop.CancelAfter(_timings.ExitGrace);
        await logging.ConfigureAwait(false);
        End(exited.IsCompleted ? DescribeExit(_process.ExitCode) : "does not end");
    }

    private void End(string exit)
    {
        PoolRequest? request;
        TaskError error;
        lock (_gate)
        {
            _state = PoolProcessState.Ended;
            request = _current;
            _current = null;
            error = _verdict ?? TaskError.Of(ErrorCodes.WorkerCrashed, $"The worker process {exit} while it worked.");
        }

        LogEnded(_logger, Id, _worker, exit);
        // What a process says before its first request cannot be a tenant's; later it could, and must not reach another.
        var last = _log.LastLine is { } line ? $"; it last said: {line}" : string.Empty;
        if (_ready.TrySetException(new PoolStartException((_verdict?.Message.TrimEnd('.') ?? $"the worker process {exit} before it was ready") + last)))
        {
            // Read it, so that a start nobody waits for any more is no unobserved failure.
            _ = _ready.Task.Exception;
        }

        request?.Finish(new AttemptResult.Failure(error));
        _answered.TrySetResult();
        _ended.Cancel();
        _process.Dispose();
    }

    /// <summary>Reads what the process says until it ends; returns what it did wrong, if it did.</summary>
    private async Task<string?> ReadAsync()
    {
        try
        {
            var reader = new JsonLineReader(_process.StandardOutput.BaseStream, MaxLineBytes);
            await reader.ReadAllAsync(OnLine, _readStop.Token).ConfigureAwait(false);
            return null;
        }
        catch (PoolProtocolException exception)
        {
            // A process that was killed may well have been in the middle of a line.
            return State == PoolProcessState.Stopping ? null : exception.Message;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            LogReadEnded(_logger, Id, _worker, exception.Message);
            return null;
        }
        catch (Exception exception)
        {
            LogReadFailed(_logger, exception, Id, _worker);
            return $"wrote a line that could not be handled: {exception.Message}";
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> line, bool closeAfterwards = false)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            var stream = _process.StandardInput.BaseStream;
            await stream.WriteAsync(line).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
            if (closeAfterwards)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            LogWriteFailed(_logger, Id, _worker, exception.Message);
            OnInputClosed();
        }
        finally
        {
            _writing.Release();
        }
    }

    private void OnInputClosed()
    {
        if (State is PoolProcessState.Stopping or PoolProcessState.Ended)
        {
            return;
        }

        // Mostly it is just ending, and the exit code says more than a closed pipe.
        _ = KillUnlessEndedAsync();
    }

    private async Task KillUnlessEndedAsync()
    {
        await _life.WaitAsync(_timings.ExitGrace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_life.IsCompleted)
        {
            Kill(ErrorCodes.WorkerCrashed, "The worker process closed its standard input.");
        }
    }

    private static string DescribeExit(int code) => code > 128
        ? $"exited with code {code} (signal {code - 128})"
        : $"exited with code {code}";
}
