using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Draining;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Fuses;
using Orchestrator.Runtime.Hosting;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Silos;
using Orchestrator.Runtime.Skills;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Turns;
using Orchestrator.Telemetry;
using Orchestrator.Telemetry.Tracing;

namespace Orchestrator.Runtime.Dispatching;

/// <summary>
/// The one claimer of a silo: takes turns while slots are free and something may be ready, and starts what they lease. It
/// sleeps until a signal, a slot that somebody lacked, or its time to look by itself; see <see cref="PollingOptions"/>.
/// </summary>
public sealed partial class Dispatcher : StartedService
{
    /// <summary>
    /// After ends elsewhere in the cluster a workspace that was at its limit may have room for an action only this silo
    /// serves; so soon after them it looks, and not once for each.
    /// </summary>
    public static readonly TimeSpan LookAfterEndsElsewhere = TimeSpan.FromMilliseconds(250);

    private readonly ITurnStore _turns;
    private readonly IActivityStore _activity;
    private readonly ActionCatalog _catalog;
    private readonly SlotPool _slots;
    private readonly AttemptRegistry _registry;
    private readonly AttemptRunner _runner;
    private readonly OpenAttemptFactory _attempts;
    private readonly SignalHub _hub;
    private readonly DrainState _drain;
    private readonly SiloIdentity _silo;
    private readonly PollingOptions _polling;
    private readonly TimeSpan _leaseDuration;
    private readonly int _maxOpen;
    private readonly TimeProvider _timeProvider;
    private readonly DispatchInstruments _instruments;
    private readonly ResourceInstruments _resources;
    private readonly FuseWatch _fuses;
    private readonly LaneBoard _lanes;
    private readonly ILogger<Dispatcher> _logger;
    private readonly WakeSignal _wake;
    private readonly ITimer _lookTimer;
    private readonly Backoff _soon;
    private readonly Backoff _afterFailure;
    private volatile bool _limited;
    private TimeSpan _interval;
    private bool _isPoll;
    private int _lookPlanned;

    public Dispatcher(
        ITurnStore turns,
        IActivityStore activity,
        ActionCatalog catalog,
        SlotPool slots,
        AttemptRegistry registry,
        AttemptRunner runner,
        OpenAttemptFactory attempts,
        SignalHub hub,
        DrainState drain,
        SiloIdentity silo,
        IOptions<SiloOptions> siloOptions,
        IOptions<PollingOptions> polling,
        IOptions<LeaseOptions> leaseOptions,
        IRandomSource random,
        TimeProvider timeProvider,
        DispatchInstruments instruments,
        ResourceInstruments resources,
        FuseWatch fuses,
        LaneBoard lanes,
        ILogger<Dispatcher> logger)
    {
        _turns = turns;
        _activity = activity;
        _catalog = catalog;
        _slots = slots;
        _registry = registry;
        _runner = runner;
        _attempts = attempts;
        _hub = hub;
        _drain = drain;
        _silo = silo;
        _polling = polling.Value;
        _interval = _polling.HighInterval;
        _leaseDuration = leaseOptions.Value.Duration;
        _maxOpen = (slots.Size + Prefetch.Max) * 4;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _resources = resources;
        _fuses = fuses;
        _lanes = lanes;
        _logger = logger;
        _wake = new WakeSignal(timeProvider);
        _soon = new Backoff(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(10), random);
        _afterFailure = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), random);
        _lookTimer = timeProvider.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        hub.Ready += _wake.Set;
        hub.Hinted += OnHinted;
        catalog.Changed += _wake.Set;
        lanes.Opened += _wake.Set;
        slots.Freed += OnFreed;
        registry.Removed += OnFreed;
    }

    public override void Dispose()
    {
        _hub.Ready -= _wake.Set;
        _hub.Hinted -= OnHinted;
        _catalog.Changed -= _wake.Set;
        _lanes.Opened -= _wake.Set;
        _slots.Freed -= OnFreed;
        _registry.Removed -= OnFreed;
        _lookTimer.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !_drain.IsDraining)
        {
            try
            {
                await PauseAsync(await TakeTurnAsync(stoppingToken).ConfigureAwait(false), stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private Task PauseAsync(NextTurn next, CancellationToken stoppingToken)
    {
        if (next != NextTurn.AfterFailure)
        {
            _afterFailure.Reset();
        }

        if (next != NextTurn.Soon)
        {
            _soon.Reset();
        }

        return next switch
        {
            NextTurn.AtOnce => Task.CompletedTask,
            NextTurn.Soon => _timeProvider.PauseAsync(_soon.Next(), stoppingToken),
            NextTurn.AfterFailure => _timeProvider.PauseAsync(_afterFailure.Next(), stoppingToken),
            _ => SleepAsync(stoppingToken),
        };
    }

    /// <summary>Any signal means that something goes on; while none comes, every look says how long to wait for the next.</summary>
    private async Task SleepAsync(CancellationToken stoppingToken)
    {
        _isPoll = !await _wake.WaitAsync(_interval, stoppingToken).ConfigureAwait(false);
        if (!_isPoll)
        {
            _interval = _polling.HighInterval;
        }
    }

    private async Task<NextTurn> TakeTurnAsync(CancellationToken stoppingToken)
    {
        // Raised before looking, so that a slot freed between the look and the sleep wakes the sleeper.
        _limited = true;
        var actions = _catalog.Entries;
        var offer = _slots.FindOffer(actions.Values);
        if (offer.Actions.Count == 0 || _registry.Count >= _maxOpen)
        {
            return NextTurn.OnSignal;
        }

        _limited = offer.IsLimited;
        _registry.BeginClaim();
        try
        {
            if (_drain.IsDraining)
            {
                return NextTurn.OnSignal;
            }

            var sent = _timeProvider.GetTimestamp();
            var request = new TurnRequest(_silo.Id, offer.Slots, _lanes.Widen(offer.Actions, actions), _leaseDuration)
            {
                SlowSlots = offer.SlowSlots,
                LongSlots = offer.LongSlots,
                Ahead = offer.Ahead,
                Credit = offer.Credit,
            };
            var result = await _turns.TakeAsync(request, stoppingToken).ConfigureAwait(false);
            _instruments.OnTurn(_timeProvider.GetElapsedTime(sent), result.Tasks.Count);
            Start(result.Tasks, actions, sent);
            OnParked(result);
            await _fuses.CheckAsync(result.Held, stoppingToken).ConfigureAwait(false);
            if (_isPoll)
            {
                _isPoll = false;
                _interval = _polling.IntervalOf(await _activity.FindTierAsync(_polling.LowAfter, stoppingToken).ConfigureAwait(false));
            }

            return NextTurns.After(result, request);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogTurnFailed(exception);
            _instruments.OnTurnFailed();
            return NextTurn.AfterFailure;
        }
        finally
        {
            _registry.EndClaim();
        }
    }

    private void Start(IReadOnlyList<ClaimedTask> tasks, IReadOnlyDictionary<string, ActionEntry> actions, long sent)
    {
        if (tasks.Count == 0)
        {
            return;
        }

        var turn = AttemptTraces.IsOn ? Trace(tasks, sent) : null;
        var attempts = new OpenAttempt[tasks.Count];
        var ids = new Guid[tasks.Count];
        for (var i = 0; i < attempts.Length; i++)
        {
            attempts[i] = _attempts.Open(tasks[i], actions[tasks[i].Action], sent, turn);
            ids[i] = tasks[i].Lease.TaskId;
        }

        _registry.Add(attempts);
        foreach (var attempt in attempts)
        {
            _slots.Enter(attempt);
            _ = _runner.RunAsync(attempt);
        }

        _lanes.OnTaken();
        _hub.SignalChanged(ids);
    }

    private string? Trace(IReadOnlyList<ClaimedTask> tasks, long sent) => AttemptTraces.Turn(
        _silo.Name, tasks.Count, [.. tasks.Select(static task => task.TraceParent).OfType<string>()], _timeProvider.GetUtcNow() - _timeProvider.GetElapsedTime(sent));

    private void OnParked(TurnResult result)
    {
        _resources.OnParked(result.Parked);
        if (result.Parked + result.Gated > 0)
        {
            _hub.SignalParkedHere();
        }
    }

    private void OnFreed()
    {
        if (_limited)
        {
            _wake.Set();
        }
    }

    private void OnHinted(ClusterHint hint)
    {
        if (!hint.Ended.IsEmpty && Interlocked.Exchange(ref _lookPlanned, 1) == 0)
        {
            _lookTimer.Change(LookAfterEndsElsewhere, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        Volatile.Write(ref _lookPlanned, 0);
        _wake.Set();
    }
}
