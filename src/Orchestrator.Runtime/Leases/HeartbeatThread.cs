using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Leases;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Leases;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Leases;

/// <summary>
/// Renews all leases of the silo in one statement, on a thread of its own that a starved pool cannot delay, and stops the
/// attempts whose lease the store says is gone.
/// </summary>
public sealed partial class HeartbeatThread : IHostedService
{
    /// <summary>How soon a heartbeat that failed is tried again.</summary>
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly ILeaseStore _store;
    private readonly AttemptRegistry _registry;
    private readonly LeasePolicy _policy;
    private readonly TimeProvider _timeProvider;
    private readonly LeaseInstruments _instruments;
    private readonly ILogger<HeartbeatThread> _logger;
    private readonly PacedThread _thread;

    public HeartbeatThread(
        ILeaseStore store,
        AttemptRegistry registry,
        IOptions<LeaseOptions> options,
        TimeProvider timeProvider,
        LeaseInstruments instruments,
        ILogger<HeartbeatThread> logger)
    {
        _store = store;
        _registry = registry;
        _policy = options.Value.ToPolicy();
        _timeProvider = timeProvider;
        _instruments = instruments;
        _logger = logger;
        _thread = new PacedThread("orchestrator-heartbeat", timeProvider, Beat, logger);
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

    /// <summary>Renews once; answers when the next heartbeat is due.</summary>
    internal long Beat()
    {
        // Taken before the request is sent, so that the local end of each lease comes before the store's.
        var sent = _timeProvider.GetTimestamp();
        var attempts = _registry.Snapshot();
        if (attempts.Count == 0)
        {
            return _timeProvider.Add(sent, _policy.HeartbeatInterval);
        }

        try
        {
            var lost = _store.Renew([.. attempts.Select(static attempt => attempt.Lease)], _policy.Duration);
            _instruments.OnHeartbeat(_timeProvider.GetElapsedTime(sent));
            Apply(attempts, lost, _policy.StopTimestamp(sent, _timeProvider.TimestampFrequency));
            return _timeProvider.Add(sent, _policy.HeartbeatInterval);
        }
        catch (Exception exception)
        {
            LogFailed(exception, attempts.Count);
            _instruments.OnHeartbeatFailed();
            var pause = _policy.HeartbeatInterval < RetryAfterFailure ? _policy.HeartbeatInterval : RetryAfterFailure;
            return _timeProvider.Add(_timeProvider.GetTimestamp(), pause);
        }
    }

    private static void Apply(IReadOnlyList<OpenAttempt> attempts, IReadOnlyList<LeaseId> lost, long stopTimestamp)
    {
        var gone = lost.Count == 0 ? null : lost.ToHashSet();
        foreach (var attempt in attempts)
        {
            if (gone?.Contains(attempt.Lease) == true)
            {
                attempt.TryStop(StopReason.LeaseLost);
            }
            else
            {
                attempt.Renew(stopTimestamp);
            }
        }
    }
}
