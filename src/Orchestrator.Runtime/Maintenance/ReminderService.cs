using Microsoft.Extensions.Logging;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Reminders;
using Orchestrator.Storage.Steering;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Fires what is due: <c>runAt</c> and backoffs, deadlines, time limits of questions, pauses that run out, and what the end of a task entails for
/// others. It runs in every process, gateways too, so that deadlines hold while no silo is up; a round is a few indexed
/// queries.
/// </summary>
public sealed class ReminderService : MaintenanceService
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private const int BatchSize = 1_000;

    private readonly IReminderStore _reminders;
    private readonly ISteeringStore _steering;
    private readonly SignalHub _hub;
    private readonly AttemptInstruments _attempts;
    private readonly TimeProvider _timeProvider;
    private long _nextFullRound;
    private int _dueSignalled;

    public ReminderService(
        IReminderStore reminders,
        ISteeringStore steering,
        SignalHub hub,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        AttemptInstruments attempts,
        ILogger<ReminderService> logger)
        : base("reminders", random, timeProvider, instruments, logger)
    {
        _reminders = reminders;
        _steering = steering;
        _hub = hub;
        _attempts = attempts;
        _timeProvider = timeProvider;
        hub.Due += OnDue;
        hub.Ended += OnEnded;
    }

    /// <summary>Ends come with every settlement batch; this bounds the queries they cause.</summary>
    protected override TimeSpan Spacing => TimeSpan.FromMilliseconds(20);

    public override void Dispose()
    {
        _hub.Due -= OnDue;
        _hub.Ended -= OnEnded;
        base.Dispose();
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        // A round that was woken by an end alone asks only what that end entails.
        if (Interlocked.Exchange(ref _dueSignalled, 0) != 0 || _timeProvider.GetTimestamp() >= _nextFullRound)
        {
            await RepeatAsync("due", _reminders.FireDueAsync, cancellationToken).ConfigureAwait(false);
            await RepeatAsync("approvals", _steering.ExpireDueAsync, cancellationToken).ConfigureAwait(false);
            await FailOverdueAsync(cancellationToken).ConfigureAwait(false);
            await ResumePausedAsync(cancellationToken).ConfigureAwait(false);
            await ResolveEndedAsync(cancellationToken).ConfigureAwait(false);
            var due = await _reminders.FindNextDueAsync(cancellationToken).ConfigureAwait(false);
            _nextFullRound = _timeProvider.GetTimestamp() + (long)(Clamp(due).TotalSeconds * _timeProvider.TimestampFrequency);
        }
        else
        {
            await ResolveEndedAsync(cancellationToken).ConfigureAwait(false);
        }

        var left = _timeProvider.GetElapsedTime(_timeProvider.GetTimestamp(), _nextFullRound);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private TimeSpan Clamp(TimeSpan? due)
    {
        var pause = due is { } next && next < LongestPause ? next : Jitter(LongestPause);
        return pause < ShortestPause ? ShortestPause : pause;
    }

    /// <summary>Makes tasks ready, batch by batch.</summary>
    private async Task RepeatAsync(string kind, Func<int, CancellationToken, Task<IReadOnlyList<Guid>>> fire, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> fired;
        do
        {
            fired = await fire(BatchSize, cancellationToken).ConfigureAwait(false);
            Instruments.OnRows(kind, fired.Count);
            if (fired.Count > 0)
            {
                _hub.SignalReady();
                _hub.SignalChanged(fired);
            }
        }
        while (fired.Count >= BatchSize);
    }

    private async Task FailOverdueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> failed;
        do
        {
            failed = await _reminders.FailOverdueAsync(BatchSize, cancellationToken).ConfigureAwait(false);
            Instruments.OnRows("overdue", failed.Count);
            foreach (var _ in failed)
            {
                _attempts.OnTaskFailed(ErrorCodes.DeadlineExceeded);
            }

            _hub.SignalEnded(failed);
            _hub.SignalBlockingChangedHere();
        }
        while (failed.Count >= BatchSize);
    }

    private async Task ResolveEndedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = await _reminders.ResolveEndedAsync(BatchSize, cancellationToken).ConfigureAwait(false);
            if (changed.Count == 0)
            {
                return;
            }

            Instruments.OnRows("resolved", changed.Count);
            _hub.SignalMayHaveEnded(changed);
            _hub.SignalReady();
            _hub.SignalBlockingChangedHere();
        }
    }

    private async Task ResumePausedAsync(CancellationToken cancellationToken)
    {
        var resumed = await _reminders.ResumePausedAsync(cancellationToken).ConfigureAwait(false);
        Instruments.OnRows("resumed", resumed);
        if (resumed > 0)
        {
            _hub.SignalReady();
        }
    }

    private void OnDue()
    {
        Volatile.Write(ref _dueSignalled, 1);
        Wake();
    }

    private void OnEnded(IReadOnlyList<Guid> taskIds) => Wake();
}
