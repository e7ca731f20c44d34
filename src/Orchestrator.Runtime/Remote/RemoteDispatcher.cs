using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Dispatching;
using Orchestrator.Runtime.Draining;
using Orchestrator.Runtime.Hosting;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Timelines;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Turns;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Remote;

/// <summary>
/// Takes turns for remote workers that wait. Those that offer the same share a turn, and what it leases is dealt out one by one in the
/// order in which they came. While nobody waits it does nothing.
/// </summary>
public sealed partial class RemoteDispatcher : StartedService
{
    private readonly RemoteTurns _turns;
    private readonly RemoteHandBack _handBack;
    private readonly RemoteSightings _sightings;
    private readonly IActivityStore _activity;
    private readonly SignalHub _hub;
    private readonly DrainState _drain;
    private readonly PollingOptions _polling;
    private readonly TimeProvider _timeProvider;
    private readonly DispatchInstruments _instruments;
    private readonly AttemptInstruments _attempts;
    private readonly TimelineRecorder _timeline;
    private readonly ILogger<RemoteDispatcher> _logger;
    private readonly CancellationTokenRegistration _stopping;
    private readonly RemoteQueue _queue;
    private readonly WakeSignal _wake;
    private readonly ITimer _lookTimer;
    private readonly Backoff _soon;
    private TimeSpan _interval;
    private int _lookPlanned;

    public RemoteDispatcher(
        RemoteTurns turns,
        RemoteHandBack handBack,
        RemoteActions actions,
        RemoteSightings sightings,
        IActivityStore activity,
        SignalHub hub,
        DrainState drain,
        IHostApplicationLifetime lifetime,
        IOptions<PollingOptions> polling,
        IRandomSource random,
        TimeProvider timeProvider,
        DispatchInstruments instruments,
        AttemptInstruments attempts,
        TimelineRecorder timeline,
        ILogger<RemoteDispatcher> logger)
    {
        _turns = turns;
        _handBack = handBack;
        _sightings = sightings;
        _activity = activity;
        _hub = hub;
        _drain = drain;
        _polling = polling.Value;
        _interval = _polling.HighInterval;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _attempts = attempts;
        _timeline = timeline;
        _logger = logger;
        _queue = new RemoteQueue(actions);
        _wake = new WakeSignal(timeProvider);
        _soon = new Backoff(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(10), random);
        _lookTimer = timeProvider.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        hub.Ready += OnReady;
        hub.Hinted += OnHinted;
        drain.Began += Close;
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static state => ((RemoteDispatcher)state!).Close(), this);
    }

    /// <summary>Whether it gives nothing out any more, because the process stops or was asked to drain.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>
    /// Leases tasks to a worker, waiting until there are some or the time is up; null when this process gives nothing out any more.
    /// Throws <see cref="Storage.StoreUnavailableException"/> while the store is away.
    /// </summary>
    public async Task<IReadOnlyList<RemoteAttempt>?> TakeAsync(RemoteOffer offer, TimeSpan wait, CancellationToken cancellationToken)
    {
        var waiter = new RemoteWaiter(offer, _timeProvider.Add(_timeProvider.GetTimestamp(), wait));
        if (!_queue.TryAdd(waiter))
        {
            return null;
        }

        IReadOnlyList<RemoteAttempt>? given = null;
        _sightings.OnAsked(offer);
        _attempts.OnActionsKnown(offer.Actions);
        try
        {
            await using var leaving = cancellationToken.UnsafeRegister(static (state, token) => ((RemoteWaiter)state!).Leave(token), waiter).ConfigureAwait(false);
            _wake.Set();
            given = await waiter.Completion.ConfigureAwait(false);
            return given;
        }
        finally
        {
            _sightings.OnAnswered(offer, given?.Count ?? 0);
        }
    }

    /// <summary>Lets those go that wait, and gives nothing out any more.</summary>
    public void Close()
    {
        IsClosed = true;
        _queue.Close();
    }

    public override void Dispose()
    {
        _hub.Ready -= OnReady;
        _hub.Hinted -= OnHinted;
        _drain.Began -= Close;
        _stopping.Dispose();
        _lookTimer.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = NextTurn.OnSignal;
            foreach (var (group, waiters) in _queue.TakeDue())
            {
                var after = await ServeAsync(group, waiters, stoppingToken).ConfigureAwait(false);
                next = after < next ? after : next;
            }

            await PauseAsync(next, _queue.AnswerOverdue(_timeProvider.GetTimestamp()), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(NextTurn next, long? deadline, CancellationToken stoppingToken)
    {
        if (next == NextTurn.Soon)
        {
            await _timeProvider.PauseAsync(_soon.Next(), stoppingToken).ConfigureAwait(false);
            return;
        }

        _soon.Reset();
        if (next == NextTurn.AtOnce)
        {
            return;
        }

        try
        {
            // What is left of the shortest wait, or the time to look by itself.
            var left = deadline is { } moment ? LeftUntil(moment) : Timeout.InfiniteTimeSpan;
            var looks = deadline is not null && left > _interval;
            if (!await _wake.WaitAsync(looks ? _interval : left, stoppingToken).ConfigureAwait(false) && looks)
            {
                _interval = _polling.IntervalOf(await FindTierAsync(stoppingToken).ConfigureAwait(false));
                _queue.MarkAllDue();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The loop ends.
        }
    }

    /// <summary>Never below zero, which could mean without end.</summary>
    private TimeSpan LeftUntil(long moment) =>
        _timeProvider.GetElapsedTime(_timeProvider.GetTimestamp(), moment) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task<NextTurn> ServeAsync(RemoteGroup group, IReadOnlyList<RemoteWaiter> waiters, CancellationToken stoppingToken)
    {
        TurnRequest request;
        TurnResult result;
        var sent = _timeProvider.GetTimestamp();
        try
        {
            request = await _turns.OfferAsync(group, waiters.Sum(static waiter => waiter.Offer.Slots), stoppingToken).ConfigureAwait(false);
            result = await _turns.TakeAsync(request, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogTurnFailed(exception, waiters.Count);
            _instruments.OnTurnFailed();
            foreach (var waiter in waiters)
            {
                waiter.Fail(exception);
            }

            return NextTurn.OnSignal;
        }

        var turn = _turns.Trace(result.Tasks, sent);
        Deal(waiters, [.. result.Tasks.Select(task => new RemoteAttempt(task, sent, turn))]);
        var next = waiters.Any(static waiter => waiter.IsOpen) ? NextTurns.After(result, request) : NextTurn.OnSignal;
        if (next != NextTurn.OnSignal)
        {
            _queue.MarkDue(group);
        }

        try
        {
            await _turns.CheckFusesAsync(result, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogLookFailed(exception);
        }

        return next;
    }

    /// <summary>Deals tasks out one by one, so that none goes empty while another gets two; what nobody takes any more goes back.</summary>
    private void Deal(IReadOnlyList<RemoteWaiter> waiters, IReadOnlyList<RemoteAttempt> attempts)
    {
        var open = waiters.Where(static waiter => waiter.IsOpen).ToList();
        var hands = open.ConvertAll(static _ => new List<RemoteAttempt>());
        var dealt = 0;
        for (var before = -1; dealt < attempts.Count && dealt != before;)
        {
            before = dealt;
            for (var i = 0; i < open.Count && dealt < attempts.Count; i++)
            {
                if (hands[i].Count < open[i].Offer.Slots)
                {
                    hands[i].Add(attempts[dealt++]);
                }
            }
        }

        var left = attempts.Skip(dealt).ToList();
        for (var i = 0; i < open.Count; i++)
        {
            open[i].IsTried = true;
            if (hands[i].Count > 0 && !open[i].TryAnswer(hands[i]))
            {
                left.AddRange(hands[i]);
                continue;
            }

            foreach (var attempt in hands[i])
            {
                _attempts.OnAttemptStarted(attempt.Task.Action, attempt.Task.Waited);
                _timeline.OnAttemptStarted(attempt.Task.WorkspaceKey, attempt.Task.Action, attempt.Task.Waited);
            }
        }

        _ = _handBack.ReturnAsync(left);
    }

    private async Task<PollingTier> FindTierAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _activity.FindTierAsync(_polling.LowAfter, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogLookFailed(exception);
            return PollingTier.High;
        }
    }

    private void OnReady()
    {
        _interval = _polling.HighInterval;
        _queue.MarkAllDue();
        _wake.Set();
    }

    /// <summary>After ends elsewhere in the cluster there may be room in a workspace that was at its limit.</summary>
    private void OnHinted(ClusterHint hint)
    {
        if (!hint.Ended.IsEmpty && Interlocked.Exchange(ref _lookPlanned, 1) == 0)
        {
            _lookTimer.Change(Dispatcher.LookAfterEndsElsewhere, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        Volatile.Write(ref _lookPlanned, 0);
        OnReady();
    }
}
