using Microsoft.Extensions.Logging;
using Orchestrator.Core.Schedules;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Priorities;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Schedules;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Submissions;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Maintenance;

/// <summary>
/// Fires schedules whose time has come. It runs in every process, gateways too: a fire is a submission, and needs no silo.
/// </summary>
public sealed partial class ScheduleService : MaintenanceService
{
    /// <summary>How late the first time of a new schedule may be; the later ones are known in advance.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    /// <summary>What is due and was not fired is in the hands of another process, or cannot be planned here.</summary>
    private static readonly TimeSpan PauseBehindOthers = TimeSpan.FromMilliseconds(100);

    private const int BatchSize = 100;

    private readonly IScheduleStore _schedules;
    private readonly IIdSource _ids;
    private readonly SignalHub _hub;
    private readonly ScoringQueue _scoring;
    private readonly ILogger<ScheduleService> _logger;
    private bool _skillsNeeded;

    public ScheduleService(
        IScheduleStore schedules,
        IIdSource ids,
        SignalHub hub,
        ScoringQueue scoring,
        IRandomSource random,
        TimeProvider timeProvider,
        MaintenanceInstruments instruments,
        ILogger<ScheduleService> logger)
        : base("schedules", random, timeProvider, instruments, logger)
    {
        _schedules = schedules;
        _ids = ids;
        _hub = hub;
        _scoring = scoring;
        _logger = logger;
    }

    protected internal override async Task<TimeSpan> RunRoundAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ScheduleFire> fires;
        do
        {
            fires = await _schedules.FireDueAsync(BatchSize, Plan, cancellationToken).ConfigureAwait(false);
            Report(fires);
        }
        while (fires.Count >= BatchSize);

        var due = await _schedules.FindNextDueAsync(cancellationToken).ConfigureAwait(false);
        if (due <= TimeSpan.Zero && fires.Count == 0)
        {
            return Jitter(PauseBehindOthers);
        }

        var pause = due is { } next && next < LongestPause ? next : Jitter(LongestPause);
        return pause < ShortestPause ? ShortestPause : pause;
    }

    private FirePlan? Plan(ScheduleRecord schedule, DateTimeOffset now)
    {
        if (Recurrences.Of(schedule) is not { } recurrence)
        {
            LogUnknownTimeZone(schedule.Id, schedule.TimeZone);
            return null;
        }

        var due = schedule.NextFireAt!.Value;
        var times = FireTimes.Of(recurrence, due, now, schedule.MissedFires);
        if (times.Missed)
        {
            LogMissed(schedule.Id, due, times.Next, schedule.MissedFires);
        }

        _skillsNeeded |= schedule.Task.Skills.Count > 0;
        return new FirePlan([.. times.Due.Select(at => new PlannedFire(at, NewTaskOf(schedule)))], times.Next);
    }

    private NewTask NewTaskOf(ScheduleRecord schedule) => schedule.Task with
    {
        Id = _ids.NewTaskId(),
        Name = schedule.Task.Name ?? schedule.Id,
        Tags = [.. schedule.Task.Tags.Append(ScheduleTag.Of(schedule.Id)).Distinct()],
    };

    private void Report(IReadOnlyList<ScheduleFire> fires)
    {
        var refused = 0;
        foreach (var fire in fires)
        {
            if (fire.Error is { } error)
            {
                LogRefused(fire.Schedule, fire.At, error);
                refused++;
            }
        }

        Instruments.OnRows("fires", fires.Count - refused);
        Instruments.OnRows("refused-fires", refused);
        if (fires.Count > refused)
        {
            var fired = fires.Where(static fire => fire.TaskId is not null).Select(static fire => fire.TaskId!.Value);
            _hub.SignalMade(fired);
            _scoring.Offer(fired);
            if (_skillsNeeded)
            {
                _skillsNeeded = false;
                _hub.SignalSkillsNeeded();
            }

            _hub.SignalReady();
        }
    }

    [LoggerMessage(1631, LogLevel.Warning, "Schedule {Schedule} made no task for {FireAt:O}: {Error}")]
    private partial void LogRefused(string schedule, DateTimeOffset fireAt, string error);

    [LoggerMessage(1632, LogLevel.Warning, "Schedule {Schedule} missed its times from {FireAt:O} on and goes on at {NextFireAt:O}; its policy is {Policy}.")]
    private partial void LogMissed(string schedule, DateTimeOffset fireAt, DateTimeOffset? nextFireAt, MissedFires policy);

    [LoggerMessage(1633, LogLevel.Error, "Schedule {Schedule} is due, but this machine does not know its time zone {TimeZone}; it is left to others.")]
    private partial void LogUnknownTimeZone(string schedule, string? timeZone);
}
