using Microsoft.Extensions.Logging;
using Orchestrator.Core.Scheduling;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Steering;
using Orchestrator.Runtime.Timelines;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Execution;

/// <summary>
/// Runs attempts: start the worker, wait until it ends or is stopped, decide the outcome, write it, and free the slot once
/// the worker has gone. A worker that stays longer than <see cref="CancellationGrace"/> after it was stopped is abandoned.
/// </summary>
public sealed partial class AttemptRunner
{
    public static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of an attempt may wait for its last reports to be written.</summary>
    private static readonly TimeSpan ReportLimit = TimeSpan.FromSeconds(2);

    private readonly SlotPool _slots;
    private readonly AttemptRegistry _registry;
    private readonly ReportWriter _reports;
    private readonly PendingRefusals _refusals;
    private readonly DelegationFactory _delegations;
    private readonly JournalFactory _journals;
    private readonly TimelineRecorder _timeline;
    private readonly TimeProvider _timeProvider;
    private readonly AttemptInstruments _instruments;
    private readonly LeaseInstruments _leaseInstruments;
    private readonly ILogger<AttemptRunner> _logger;
    private readonly OutcomePolicy _policy;
    private readonly AttemptSettler _settler;

    public AttemptRunner(
        SlotPool slots,
        AttemptRegistry registry,
        ReportWriter reports,
        SettlementWriter settlements,
        PendingRefusals refusals,
        DelegationFactory delegations,
        JournalFactory journals,
        TimelineRecorder timeline,
        IRandomSource random,
        TimeProvider timeProvider,
        AttemptInstruments instruments,
        LeaseInstruments leaseInstruments,
        ResourceInstruments resources,
        ILogger<AttemptRunner> logger)
    {
        _slots = slots;
        _registry = registry;
        _reports = reports;
        _refusals = refusals;
        _delegations = delegations;
        _journals = journals;
        _timeline = timeline;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _leaseInstruments = leaseInstruments;
        _logger = logger;
        _policy = new OutcomePolicy(random);
        _settler = new AttemptSettler(settlements, _policy, random, timeProvider, instruments, leaseInstruments, resources, logger);
    }

    /// <summary>
    /// Runs an attempt that stands in the registry and holds a slot or waits for one; completes when it is settled and its
    /// worker gone. It never fails.
    /// </summary>
    public async Task RunAsync(OpenAttempt attempt)
    {
        try
        {
            if (!await attempt.Beginning.ConfigureAwait(false))
            {
                await LeaveUnstartedAsync(attempt).ConfigureAwait(false);
                return;
            }

            if (_refusals.Find(attempt) is { } refusal)
            {
                await refusal.ConfigureAwait(false);
                await HandBackAsync(attempt).ConfigureAwait(false);
                return;
            }

            _instruments.OnAttemptStarted(attempt.Task.Action, attempt.Waited);
            _timeline.OnAttemptStarted(attempt.Task.WorkspaceKey, attempt.Task.Action, attempt.Waited);
            using var span = attempt.OpenSpan();
            using var scope = _logger.BeginScope(attempt.Scope);
            var reporter = new AttemptReporter(attempt, _reports, _instruments, _logger);
            var execution = Execute(attempt, reporter);
            await Task.WhenAny(execution, attempt.Stopped).ConfigureAwait(false);
            var reason = attempt.End();
            _instruments.OnAttemptEnded(attempt.Task.Action, _timeProvider.GetElapsedTime(attempt.StartTimestamp));

            // Before the slot is free for others.
            using var pending = _refusals.Open(attempt, execution);
            var leaving = MayFailOthers(attempt, execution) ? null : LeaveAsync(attempt, execution);
            await SettleAsync(attempt, reason, reporter, execution).ConfigureAwait(false);
            span?.Dispose();
            _registry.Remove(attempt);
            await (leaving ?? LeaveAsync(attempt, execution)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogDefect(exception, attempt.Lease.TaskId);
            _registry.Remove(attempt);
        }
    }

    /// <summary>
    /// Whether its slot is kept until its end is written: its provider may be ill, and no other is to follow it there before the
    /// circuit knows.
    /// </summary>
    private static bool MayFailOthers(OpenAttempt attempt, Task<AttemptResult> execution) =>
        attempt.Action.Provider is not null && !(execution.IsCompletedSuccessfully && execution.Result is AttemptResult.Success);

    /// <summary>Gives up an attempt that has a slot and has not started its worker.</summary>
    private async Task HandBackAsync(OpenAttempt attempt)
    {
        var reason = attempt.End();
        _slots.Release(attempt.Task.Action, _timeProvider.GetElapsedTime(attempt.StartTimestamp));
        if (_policy.OfStop(attempt, reason == StopReason.None ? StopReason.NotStarted : reason) is { } outcome)
        {
            await _settler.SettleAsync(attempt, outcome).ConfigureAwait(false);
        }
        else
        {
            OnLeft(attempt, reason);
        }

        _registry.Remove(attempt);
    }

    /// <summary>Settles an attempt that was stopped before it got a slot.</summary>
    private async Task LeaveUnstartedAsync(OpenAttempt attempt)
    {
        var reason = attempt.End();
        _slots.Leave(attempt.Task.Action, inVain: reason == StopReason.NotStarted);
        if (_policy.OfStop(attempt, reason) is { } outcome)
        {
            await _settler.SettleAsync(attempt, outcome).ConfigureAwait(false);
        }
        else
        {
            OnLeft(attempt, reason);
        }

        _registry.Remove(attempt);
    }

    /// <summary>Starts the worker on the pool, so that one that blocks holds up neither the dispatcher nor the other attempts.</summary>
    private Task<AttemptResult> Execute(OpenAttempt attempt, AttemptReporter reporter)
    {
        var context = new AttemptContext
        {
            TaskId = attempt.Lease.TaskId,
            Workspace = attempt.Task.Workspace,
            Action = attempt.Task.Action,
            Attempt = attempt.Task.Attempt,
            MaxAttempts = attempt.Action.CapAttempts(attempt.Task.MaxAttempts),
            Input = attempt.Task.Input,
            Skills = TaskLane.SkillsOf(attempt.Task.Lane),
            Continuation = attempt.Task.Continuation,
            Checkpoint = attempt.Task.Checkpoint,
            Timeout = attempt.TimeLimit,
            Reserved = attempt.Task.Reserved,
            Reporter = reporter,
            Delegation = _delegations.For(attempt),
            Journal = _journals.For(attempt),
        };
        return Task.Run(() => attempt.Action.Descriptor.Executor.ExecuteAsync(context, attempt.Token));
    }

    private async Task SettleAsync(OpenAttempt attempt, StopReason reason, AttemptReporter reporter, Task<AttemptResult> execution)
    {
        var reports = reporter.CloseAsync();
        if (_policy.Decide(attempt, reason, execution) is not { } outcome)
        {
            OnLeft(attempt, reason);
            return;
        }

        // Output comes before the end of its attempt: after it the fence refuses it.
        if (!reports.IsCompleted)
        {
            await Task.WhenAny(reports, Task.Delay(ReportLimit, _timeProvider)).ConfigureAwait(false);
        }

        await _settler.SettleAsync(attempt, outcome, ProviderOf(reason, execution)).ConfigureAwait(false);
    }

    /// <summary>The provider that an attempt which ended by itself names.</summary>
    private static string? ProviderOf(StopReason reason, Task<AttemptResult> execution) =>
        reason == StopReason.None && execution.IsCompletedSuccessfully ? execution.Result.Provider : null;

    private void OnLeft(OpenAttempt attempt, StopReason reason)
    {
        LogLeft(attempt.Task.Attempt, attempt.Lease.TaskId, reason);
        attempt.Span?.Ended("stopped", reason.ToString());
        if (reason != StopReason.Revoked)
        {
            _leaseInstruments.OnLeaseLost();
        }
    }

    /// <summary>Frees the slot once the worker has ended, or has had its time to notice that it was stopped.</summary>
    private async Task LeaveAsync(OpenAttempt attempt, Task<AttemptResult> execution)
    {
        if (!execution.IsCompleted)
        {
            await Task.WhenAny(execution, Task.Delay(CancellationGrace, _timeProvider)).ConfigureAwait(false);
        }

        if (!execution.IsCompleted)
        {
            LogAbandoned(attempt.Task.Action, attempt.Lease.TaskId);
            _instruments.OnAttemptAbandoned(attempt.Task.Action);

            // Whatever it ends with is past. Looking at its exception keeps that from being reported as unseen.
            _ = execution.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
        }

        _slots.Release(attempt.Task.Action, _timeProvider.GetElapsedTime(attempt.StartTimestamp));
    }
}
