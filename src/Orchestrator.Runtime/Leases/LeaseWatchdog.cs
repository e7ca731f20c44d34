using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Runtime.Leases;

/// <summary>
/// Stops attempts whose lease could not be renewed in time, before the store would refuse them, and attempts that are past
/// their time limit or deadline, or have waited too long for a slot. It has a thread of its own that touches neither the pool nor the store, so that neither can
/// hold it up; heartbeats, which may block in the store, have another.
/// </summary>
public sealed class LeaseWatchdog : IHostedService, IDisposable
{
    private readonly AttemptRegistry _registry;
    private readonly TimeProvider _timeProvider;
    private readonly PacedThread _thread;
    private long _next = long.MaxValue;

    public LeaseWatchdog(AttemptRegistry registry, TimeProvider timeProvider, ILogger<LeaseWatchdog> logger)
    {
        _registry = registry;
        _timeProvider = timeProvider;
        _thread = new PacedThread("orchestrator-watchdog", timeProvider, Check, logger);
        registry.Added += OnAdded;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _thread.Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => _registry.Added -= OnAdded;

    /// <summary>Stops what must not run any more; answers when the next look is due.</summary>
    internal long Check()
    {
        // Until the scan is done every new attempt wakes the thread, so that none slips past it.
        Volatile.Write(ref _next, long.MaxValue);
        var now = _timeProvider.GetTimestamp();
        var next = long.MaxValue;
        foreach (var attempt in _registry.Snapshot())
        {
            if (!attempt.IsOpen)
            {
                continue;
            }

            var limit = attempt.Limit;
            if (now >= attempt.StopTimestamp)
            {
                attempt.TryStop(StopReason.LeaseRunOut);
            }
            else if (now < limit.Timestamp)
            {
                next = Math.Min(next, Math.Min(attempt.StopTimestamp, limit.Timestamp));
            }
            else if (!attempt.TryStop(limit.Reason) && attempt.IsOpen)
            {
                // It has just begun; the limit of its run is looked at next.
                next = now;
            }
        }

        Volatile.Write(ref _next, next);
        return next;
    }

    private void OnAdded(IReadOnlyList<OpenAttempt> attempts)
    {
        var next = Volatile.Read(ref _next);
        foreach (var attempt in attempts)
        {
            if (attempt.Limit.Timestamp < next || attempt.StopTimestamp < next)
            {
                _thread.Wake();
                return;
            }
        }
    }
}
