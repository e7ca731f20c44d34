using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Leases;

/// <summary>
/// Stops attempts whose task has ended without them (cancelled, or past its deadline) as soon as a hint says so, instead of
/// at the next heartbeat. An end of another process is a hint by hash only, so the store is asked before anything is stopped.
/// </summary>
public sealed partial class RevocationService : BackgroundService
{
    /// <summary>Hints that come within this time are looked into together.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(20);

    private readonly AttemptRegistry _registry;
    private readonly ITaskReader _tasks;
    private readonly SignalHub _hub;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<RevocationService> _logger;
    private readonly WakeSignal _wake;
    private readonly Lock _lock = new();
    private HashSet<Guid> _suspects = [];

    public RevocationService(AttemptRegistry registry, ITaskReader tasks, SignalHub hub, TimeProvider timeProvider, ILogger<RevocationService> logger)
    {
        _registry = registry;
        _tasks = tasks;
        _hub = hub;
        _timeProvider = timeProvider;
        _logger = logger;
        _wake = new WakeSignal(timeProvider);
        hub.Ended += Revoke;
        hub.Hinted += OnHinted;
    }

    public override void Dispose()
    {
        _hub.Ended -= Revoke;
        _hub.Hinted -= OnHinted;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(false);
                var suspects = TakeSuspects();
                if (suspects.Count > 0)
                {
                    Revoke(await _tasks.FindEndedAsync(suspects, stoppingToken).ConfigureAwait(false));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogCheckFailed(exception);
            }

            await _timeProvider.PauseAsync(Spacing, stoppingToken).ConfigureAwait(false);
        }
    }

    private void Revoke(IReadOnlyList<Guid> ended)
    {
        foreach (var taskId in ended)
        {
            _registry.FindByTask(taskId)?.TryStop(StopReason.Revoked);
        }
    }

    private void OnHinted(ClusterHint hint)
    {
        if (hint.Ended.IsEmpty || _registry.Count == 0)
        {
            return;
        }

        var hashes = hint.Ended.Hashes.ToHashSet();
        var suspects = _registry.Snapshot()
            .Where(attempt => attempt.IsOpen && (hint.Ended.Any || hashes.Contains(TaskHash.Of(attempt.Lease.TaskId))))
            .Select(static attempt => attempt.Lease.TaskId)
            .ToList();
        if (suspects.Count > 0)
        {
            lock (_lock)
            {
                _suspects.UnionWith(suspects);
            }

            _wake.Set();
        }
    }

    private HashSet<Guid> TakeSuspects()
    {
        lock (_lock)
        {
            var suspects = _suspects;
            _suspects = [];
            return suspects;
        }
    }
}
