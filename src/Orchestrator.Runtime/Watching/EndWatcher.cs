using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;

namespace Orchestrator.Runtime.Watching;

/// <summary>
/// Wakes readers of tasks, or of runs. Who waits for an end is asked about together with all others that have cause to be: once when
/// the wait begins, after each hint that may mean it, and every <see cref="PollInterval"/> in case a hint was lost.
/// An end that this process wrote itself completes its waiters without asking.
/// </summary>
public abstract partial class EndWatcher : BackgroundService
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Most ids asked about in one query.</summary>
    public const int MaxPerQuery = 2_000;

    private readonly string _what;
    private readonly SignalHub _hub;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly HashIndex<TaskSubscription> _subscriptions = new();
    private readonly HashIndex<TaskCompletionSource<bool>> _endWaiters = new();
    private readonly Lock _suspectsLock = new();
    private readonly WakeSignal _wake;
    private HashSet<Guid> _suspects = [];

    /// <param name="what">What is waited for, in logs.</param>
    protected EndWatcher(string what, SignalHub hub, TimeProvider timeProvider, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(hub);
        _what = what;
        _hub = hub;
        _timeProvider = timeProvider;
        _logger = logger;
        _wake = new WakeSignal(timeProvider);
        hub.Ended += OnEnded;
        hub.Changed += OnChanged;
        hub.Hinted += OnHinted;
    }

    /// <summary>Those that have ended, or are gone.</summary>
    protected abstract Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    public async Task<bool> WaitForEndAsync(Guid id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _endWaiters.Add(id, waiter);
        try
        {
            Suspect([id]);
            await using var timer = _timeProvider.CreateTimer(
                static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), waiter, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            return await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _endWaiters.Remove(id, waiter);
        }
    }

    public ITaskSubscription Subscribe(Guid id)
    {
        var subscription = new TaskSubscription(id, _timeProvider, disposed => _subscriptions.Remove(disposed.TaskId, disposed));
        _subscriptions.Add(id, subscription);
        return subscription;
    }

    public override void Dispose()
    {
        _hub.Ended -= OnEnded;
        _hub.Changed -= OnChanged;
        _hub.Hinted -= OnHinted;
        base.Dispose();
        GC.SuppressFinalize(this);
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
                LogCheckFailed(exception, _what);
                await _timeProvider.PauseAsync(PollInterval, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CheckAsync(HashSet<Guid> suspects, CancellationToken stoppingToken)
    {
        foreach (var chunk in suspects.Chunk(MaxPerQuery))
        {
            CompleteWaiters(await FindEndedAsync(chunk, stoppingToken).ConfigureAwait(false));
        }
    }

    private void OnEnded(IReadOnlyList<Guid> ids)
    {
        CompleteWaiters(ids);
        OnChanged(ids);
    }

    private void OnChanged(IReadOnlyList<Guid> ids) => Wake(_subscriptions.Find(ids));

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

    private void Suspect(IReadOnlyList<Guid> ids)
    {
        lock (_suspectsLock)
        {
            _suspects.UnionWith(ids);
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
