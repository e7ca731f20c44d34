using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// A run within the transaction that changes it: what has happened to it and what came of that, until all of it is written together. The
/// transaction holds the row of its root, or has made the run itself.
/// </summary>
internal sealed class OpenRun(RunRow row, RunDefinition definition, bool isNew)
{
    /// <summary>How soon a run looks for more room in a full tree, if nothing of it ends before.</summary>
    private static readonly TimeSpan RoomLookedForAfter = TimeSpan.FromMinutes(1);

    private static readonly TaskError CouldNotGoOn = new(
        ErrorCodes.WorkerError, "internal_error: the run could not be carried on; the log of the process that tried says why.", Retryable: false);

    private readonly DateTimeOffset? _finishedBefore = row.FinishedAt;
    private readonly List<RunEvent> _events = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _outputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly List<RunEffect.Tell> _told = [];
    private readonly List<RunEffect.Start> _starts = [];
    private readonly List<(NewTask Task, CreatedTask Created)> _started = [];
    private readonly List<RunEffect.Cancel> _cancelled = [];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly List<(string Step, bool Completed, TimeSpan? Waited, TimeSpan? Ran)> _ended = [];
    private TaskError? _failure;

    /// <summary>As it stands now; written once nothing happens to it any more.</summary>
    public RunRow Row { get; private set; } = row;

    public RunDefinition Definition => definition;

    public bool IsNew => isNew;

    public bool IsChanged { get; private set; }

    public bool HasEvents => _events.Count > 0 || _failure is not null;

    /// <summary>What kept it from being carried on. Unless it had ended before, it has failed of that.</summary>
    public Exception? Fault { get; private set; }

    public bool HasSubRuns { get; } = definition.Steps.Any(static step => step.Run is not null);

    /// <summary>The outputs without which it cannot be planned.</summary>
    public IReadOnlyCollection<string> Missing => _missing;

    /// <summary>What it has to tell, numbered after <see cref="FirstEvent"/>.</summary>
    public IReadOnlyList<RunEffect.Tell> Told => _told;

    /// <summary>The number of the first of <see cref="Told"/>.</summary>
    public int FirstEvent => Row.EventSeq - _told.Count + 1;

    public IEnumerable<(string Name, ReadOnlyMemory<byte> Output)> Kept => _kept.Select(name => (name, _outputs[name]));

    /// <summary>Why it does not do what a person asked of it.</summary>
    public RunRefusal? Refusal { get; private set; }

    private bool HasEndedNow { get; set; }

    public void Add(RunEvent happened) => _events.Add(happened);

    /// <summary>Has it fail, whatever its state, in place of all that has happened to it.</summary>
    public void Fail(TaskError error) => _failure ??= error;

    /// <summary>Has it fail, since it cannot be carried on.</summary>
    public void Break(Exception fault)
    {
        Fault ??= fault;
        Fail(CouldNotGoOn);
    }

    /// <summary>
    /// Adds the end of a task, for those who count: what undoes a step is no execution of it, and what the run has given up neither completes
    /// nor fails one.
    /// </summary>
    public void AddEnd(WorkKey key, WorkOutcome outcome, TimeSpan? waited, TimeSpan? ran)
    {
        if (!key.IsCompensation && Row.State.IsInFlight(key))
        {
            _ended.Add((key.Step, outcome.Error is null, waited, ran));
        }

        Add(new RunEvent.WorkEnded(key, outcome));
    }

    /// <summary>Notes a task of it that is stored, for those who are told of it.</summary>
    public void NoteStarted(NewTask task, CreatedTask created) => _started.Add((task, created));

    /// <summary>Makes an output available to the next plan.</summary>
    public void Supply(string name, ReadOnlyMemory<byte> output)
    {
        _outputs[name] = output;
        _missing.Remove(name);
    }

    /// <summary>
    /// Carries on what has happened as far as it goes, or notes what is missing for that. One that cannot be carried on fails, and keeps
    /// nobody else from going on.
    /// </summary>
    /// <param name="room">What it may start; what it does start is taken from it.</param>
    public void Plan(DateTimeOffset now, StartRoom room)
    {
        if (Row.FinishedAt is not null && _failure is null && !_events.Exists(IsWish))
        {
            // Nothing of that is for it any more.
            _events.Clear();
            return;
        }

        if (Row.Fault is { } fault)
        {
            Break(fault);
        }

        try
        {
            if (_failure is null)
            {
                CarryOn(now, room);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Break(exception);
        }

        if (_failure is { } error)
        {
            End(error, now, room);
        }
    }

    private void CarryOn(DateTimeOffset now, StartRoom room)
    {
        // What a person wants is planned alone, because a refusal means that nothing has happened.
        var events = _events.TakeWhile(static happened => !IsWish(happened)).ToArray();
        if (events.Length == 0)
        {
            events = [_events[0]];
        }

        var plan = RunPlanner.Advance(definition, Row.State, events, ContextAt(now, room));
        if (plan.Missing.Count > 0)
        {
            _missing.UnionWith(plan.Missing);
            return;
        }

        _events.RemoveRange(0, events.Length);
        if (plan.Refusal is not null)
        {
            Refusal = plan.Refusal;
            return;
        }

        foreach (var effect in plan.Effects)
        {
            Apply(effect, room);
        }

        var (isStarted, hasToBegin) = (plan.State.Status == RunStatus.Started, plan.State is { Status: RunStatus.Started, HasBegun: false });
        var dueAt = hasToBegin ? Row.BeginsAt : isStarted ? plan.DueAt : null;
        if (plan.LeavesWork)
        {
            var look = room.IsFull(this) ? now + RoomLookedForAfter : now;
            dueAt = dueAt < look ? dueAt : look;
        }

        IsChanged |= !ReferenceEquals(plan.State, Row.State) || plan.Effects.Count > 0 || dueAt != Row.DueAt;
        var endsAgain = plan.Effects.Any(static effect => effect is RunEffect.Tell { Type: RunEventTypes.RunResumed });
        HasEndedNow |= (Row.State.Status == RunStatus.Started || endsAgain) && !isStarted;
        Row = Row with
        {
            State = plan.State,
            BeginsAt = hasToBegin ? Row.BeginsAt : null,
            DueAt = dueAt,
            Output = plan.State.Status == RunStatus.Completed ? plan.Output ?? Row.Output : null,
            FinishedAt = isStarted ? null : endsAgain ? now : Row.FinishedAt ?? now,
        };
    }

    /// <summary>The work that plans have started since this was last asked.</summary>
    public IReadOnlyList<RunEffect.Start> TakeStarts() => Take(_starts);

    /// <summary>The work that plans have given up since this was last asked.</summary>
    public IReadOnlyList<RunEffect.Cancel> TakeCancelled() => Take(_cancelled);

    /// <summary>How it ended, if it has since this was last asked.</summary>
    public WorkOutcome? TakeEnd()
    {
        if (!HasEndedNow)
        {
            return null;
        }

        HasEndedNow = false;
        return Row.State.Status == RunStatus.Completed
            ? new WorkOutcome(Row.Output, null)
            : new WorkOutcome(null, Row.State.Error);
    }

    /// <summary>Says that tasks of it may be live that it has no use for any more.</summary>
    public void Abandon()
    {
        Row = Row with { Abandons = true };
        IsChanged = true;
    }

    /// <summary>What others are told once this is committed.</summary>
    public RunNotice ToNotice(DateTimeOffset now) => new(Row.Id, Row.WorkspaceKey, Row.Definition)
    {
        Began = isNew,
        EndedAs = Row.FinishedAt is { } finished && finished != _finishedBefore ? Row.State.Status : null,
        Took = Row.FinishedAt - Row.CreatedAt ?? TimeSpan.Zero,
        Steps = _ended,
        Started = _started,
        IsDue = Row.DueAt <= now,
        Fault = Fault,
    };

    private static bool IsWish(RunEvent happened) => happened is RunEvent.Abort or RunEvent.Decided or RunEvent.Retry or RunEvent.Skip;

    private static T[] Take<T>(List<T> list)
    {
        var taken = list.ToArray();
        list.Clear();
        return taken;
    }

    /// <summary>Fails in place of all that was to be carried on. What has ended stays as it is.</summary>
    private void End(TaskError error, DateTimeOffset now, StartRoom room)
    {
        if (_events.Exists(IsWish))
        {
            Refusal = new RunRefusal(false, "The run cannot be carried on.");
        }

        _failure = null;
        _events.Clear();
        _missing.Clear();
        _starts.Clear();
        if (Row.FinishedAt is not null)
        {
            return;
        }

        var plan = RunPlanner.Break(Row.State, error, now);
        foreach (var effect in plan.Effects)
        {
            Apply(effect, room);
        }

        (IsChanged, HasEndedNow) = (true, true);
        Row = Row with { State = plan.State, Fault = null, BeginsAt = null, DueAt = null, Output = null, FinishedAt = now };
    }

    private void Apply(RunEffect effect, StartRoom room)
    {
        switch (effect)
        {
            case RunEffect.Start start:
                _starts.Add(start);
                room.Take(this, start.Request);
                break;
            case RunEffect.Cancel cancel:
                _cancelled.Add(cancel);
                break;
            case RunEffect.Keep keep:
                _outputs[keep.Name] = keep.Output;
                _kept.Add(keep.Name);
                break;
            case RunEffect.Tell tell:
                _told.Add(tell);
                Row = Row with { EventSeq = Row.EventSeq + 1 };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    private RunContext ContextAt(DateTimeOffset now, StartRoom room) => new()
    {
        RunId = Row.Id,
        Workspace = Row.Workspace,
        Input = Row.Input!.Value,
        MaxParallel = Row.MaxParallel,
        StartedAt = Row.CreatedAt,
        Now = now,
        DeadlineAt = Row.DeadlineAt,
        MaxStarts = room.StartsOf(this),
        MaxStartBytes = room.BytesOf(this),
        Outputs = _outputs,
    };
}
