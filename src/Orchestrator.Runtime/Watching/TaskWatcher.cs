using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Runtime.Watching;

/// <summary>
/// Wakes readers of tasks. Who waits for an end is asked about together with all others that have cause to be: once when
/// the wait begins, after each hint that may mean the task, and every <see cref="PollInterval"/> in case a hint was lost.
/// An end that this process wrote itself completes its waiters without asking.
/// </summary>
public sealed partial class TaskWatcher : BackgroundService, ITaskWatcher
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Most tasks asked about in one query.</summary>
    public const int MaxPerQuery = 2_000;

    private readonly ITaskReader _tasks;
    private readonly SignalHub _hub;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<TaskWatcher> _logger;
    private readonly HashIndex<TaskSubscription> _subscriptions = new();
    private readonly HashIndex<TaskCompletionSource<bool>> _endWaiters = new();
    private readonly Lock _suspectsLock = new();
    private readonly WakeSignal _wake;
    private HashSet<Guid> _suspects = [];

    public TaskWatcher(ITaskReader tasks, SignalHub hub, TimeProvider timeProvider, ILogger<TaskWatcher> logger)
    {
        _tasks = tasks;
        _hub = hub;
        _timeProvider = timeProvider;
        _logger = logger;
        _wake = new WakeSignal(timeProvider);
        hub.Ended += OnEnded;
        hub.Changed += OnChanged;
        hub.Hinted += OnHinted;
    }

    public async Task<bool> WaitForEndAsync(Guid taskId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _endWaiters.Add(taskId, waiter);
        try
        {
            Suspect([taskId]);
            await using var timer = _timeProvider.CreateTimer(
                static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), waiter, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            return await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _endWaiters.Remove(taskId, waiter);
        }
    }

    public ITaskSubscription Subscribe(Guid taskId)
    {
        var subscription = new TaskSubscription(taskId, _timeProvider, disposed => _subscriptions.Remove(disposed.TaskId, disposed));
        _subscriptions.Add(taskId, subscription);
        return subscription;
    }

    public override void Dispose()
    {
        _hub.Ended -= OnEnded;
        _hub.Changed -= OnChanged;
        _hub.Hinted -= OnHinted;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lastPoll = _timeProvider.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_endWaiters.Count > 0 ? PollInterval : Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(false);
                if (_timeProvider.GetElapsedTime(lastPoll) >= PollInterval)
                {
                    lastPoll = _timeProvider.GetTimestamp();
                    Suspect([.. _endWaiters.Find(TaskHashes.All).Select(entry => entry.TaskId)]);
                }

                await CheckAsync(TakeSuspects(), stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whoever is still waiting becomes a suspect again with the next poll.
                LogCheckFailed(exception);
                await _timeProvider.PauseAsync(PollInterval, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CheckAsync(HashSet<Guid> suspects, CancellationToken stoppingToken)
    {
        foreach (var chunk in suspects.Chunk(MaxPerQuery))
        {
            CompleteWaiters(await _tasks.FindEndedAsync(chunk, stoppingToken).ConfigureAwait(false));
        }
    }

    private void OnEnded(IReadOnlyList<Guid> taskIds)
    {
        CompleteWaiters(taskIds);
        OnChanged(taskIds);
    }

    private void OnChanged(IReadOnlyList<Guid> taskIds) => Wake(_subscriptions.Find(taskIds));

    private void OnHinted(ClusterHint hint)
    {
        Wake(_subscriptions.Find(hint.Ended));
        Wake(_subscriptions.Find(hint.Changed));
        var mayHaveEnded = _endWaiters.Find(hint.Ended);
        if (mayHaveEnded.Count > 0)
        {
            Suspect([.. mayHaveEnded.Select(entry => entry.TaskId)]);
        }
    }

    private static void Wake(IReadOnlyList<(Guid TaskId, TaskSubscription Waiter)> subscriptions)
    {
        foreach (var (_, subscription) in subscriptions)
        {
            subscription.Wake();
        }
    }

    private void CompleteWaiters(IReadOnlyList<Guid> ended)
    {
        foreach (var (_, waiter) in _endWaiters.Find(ended))
        {
            waiter.TrySetResult(true);
        }
    }

    private void Suspect(IReadOnlyList<Guid> taskIds)
    {
        lock (_suspectsLock)
        {
            _suspects.UnionWith(taskIds);
        }

        _wake.Set();
    }

    private HashSet<Guid> TakeSuspects()
    {
        lock (_suspectsLock)
        {
            var suspects = _suspects;
            _suspects = [];
            return suspects;
        }
    }
}
