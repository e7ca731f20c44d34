using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;
using Orchestrator.Telemetry;

namespace Orchestrator.Workers.Pool;

/// <summary>Offers the actions of all configured worker commands.</summary>
internal sealed class ProcessPoolProvider : IActionProvider, IAsyncDisposable
{
    private readonly ProcessPool[] _pools;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ActionDescriptor> _actions;
    private bool _started;
    private bool _stopped;

    public ProcessPoolProvider(IEnumerable<ProcessPoolOptions> options, PoolTimings timings, PoolInstruments instruments, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("Orchestrator.Workers.Pool");
        _pools = [.. options.SelectMany(pool => pool.Workers.Select(worker => new ProcessPool(worker, pool, timings, instruments, time, logger)))];
        _actions = Snapshot();
        foreach (var pool in _pools)
        {
            pool.Changed += OnChanged;
        }
    }

    public event Action? Changed;

    public IReadOnlyList<ActionDescriptor> Actions => _actions;

    /// <summary>Starts the processes and returns at once; actions become servable as processes get ready.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, true))
        {
            return;
        }

        foreach (var pool in _pools)
        {
            pool.Start();
        }
    }

    /// <summary>Returns when all processes are gone.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, true))
        {
            return;
        }

        await Task.WhenAll(_pools.Select(pool => pool.StopAsync())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private void OnChanged()
    {
        lock (_gate)
        {
            _actions = Snapshot();
        }

        Changed?.Invoke();
    }

    private ActionDescriptor[] Snapshot() => [.. _pools.SelectMany(pool => pool.Actions)];
}
