using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Pool;

/// <summary>The processes of one worker command and the queue in front of them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timer or wait handle holds only memory.")]
internal sealed class ProcessPool
{
    private readonly PoolWorkerOptions _worker;
    private readonly ProcessPoolOptions _options;
    private readonly PoolHealth _health;
    private readonly PoolQueue _queue;
    private readonly PoolSlot[] _slots;
    private readonly ProcessPoolExecutor _executor;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public ProcessPool(PoolWorkerOptions worker, ProcessPoolOptions options, PoolTimings timings, PoolInstruments instruments, TimeProvider time, ILogger logger)
    {
        _worker = worker;
        _options = options;
        var command = new PoolCommand(worker, options);
        var activity = new PoolActivity(time);
        _queue = new PoolQueue(instruments);
        _health = new PoolHealth(command.Name, [.. worker.Actions], _queue, activity, logger);
        _slots = [.. Enumerable.Range(0, options.PoolSize)
            .Select(_ => new PoolSlot(command, options, timings, _queue, _health, activity, instruments, time, logger))];
        _executor = new ProcessPoolExecutor(_queue, time);
    }

    /// <summary>Raised after <see cref="Actions"/> may have changed.</summary>
    public event Action? Changed
    {
        add => _health.Changed += value;
        remove => _health.Changed -= value;
    }

    public IEnumerable<ActionDescriptor> Actions => _worker.Actions.Select(action => new ActionDescriptor(action, _executor)
    {
        Concurrency = _options.PoolSize,
        MaxAttempts = _options.MaxTaskRetries + 1,
        MaxAttemptsSetting = string.Create(CultureInfo.InvariantCulture, $"maxTaskRetries {_options.MaxTaskRetries} of its pool"),
        UnavailableReason = _health.ReasonFor(action),
    });

    public void Start() => _running = Task.WhenAll(_slots.Select(slot => Task.Run(() => slot.RunAsync(_stopping.Token))));

    /// <summary>Fails what waits, has every process end, and returns when all are gone.</summary>
    public async Task StopAsync()
    {
        _queue.Close("The pool has stopped.");
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }
}
