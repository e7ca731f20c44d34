using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Runs;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Advances runs within one transaction: what has happened is planned in rounds, for all runs at once, until nothing more follows; then
/// everything is written together. The caller holds the workspaces of the runs (<see cref="Readiness.ShareWorkspacesAsync"/>).
/// </summary>
internal sealed class RunAdvance(RunEngine engine, Session session, PendingRoom room)
{
    private readonly Dictionary<Guid, OpenRun> _open = [];
    private readonly List<OpenRun> _order = [];
    private readonly RunCache _cache = new(engine, session);
    private readonly StartRoom _startRoom = new(session);
    private readonly SubRunChecks _checks = new(engine);

    /// <summary>What to tell others once the transaction has committed.</summary>
    public IReadOnlyList<RunNotice> Notices { get; private set; } = [];

    /// <summary>The runs that may have live tasks for which they have no use any more.</summary>
    public IReadOnlyList<Guid> Abandoning => [.. _order.Where(static run => run.Row.Abandons).Select(static run => run.Row.Id)];

    /// <summary>Where a run is, without holding it; null where there is none.</summary>
    public static Task<RunPlace?> FindPlaceAsync(Session session, Guid id) => session.FindAsync(
        "find_run_place", row => new RunPlace(id, row.BigInteger("workspace_key"), row.Id("root_id")), Parameter.Id("@id", id));

    /// <summary>Holds the tree of a run and opens it; null where it is gone.</summary>
    public async Task<OpenRun?> OpenAsync(Guid id)
    {
        await OpenAsync([id]).ConfigureAwait(false);
        return _open.GetValueOrDefault(id);
    }

    /// <summary>Holds the trees of these runs and opens the runs; what is gone is left out.</summary>
    public async Task OpenAsync(IReadOnlyCollection<Guid> ids)
    {
        var asked = ids.ToHashSet();
        var roots = await session.QueryAsync("lock_trees", RunColumns.Read, Parameter.IdList("@ids", asked)).ConfigureAwait(false);
        await AddAsync(roots.Where(root => asked.Contains(root.Id))).ConfigureAwait(false);
        await LoadAsync(asked).ConfigureAwait(false);
    }

    /// <summary>Takes in a run that this transaction makes.</summary>
    public OpenRun Add(RunRow row, RunDefinition definition)
    {
        var run = new OpenRun(row, definition, isNew: true);
        Add(run);
        return run;
    }

    public OpenRun? Find(Guid id) => _open.GetValueOrDefault(id);

    /// <summary>Forgets the runs of a tree that this transaction was to make.</summary>
    public void Forget(Guid rootId)
    {
        foreach (var run in _order.Where(run => run.Row.RootId == rootId).ToList())
        {
            _open.Remove(run.Row.Id);
            _order.Remove(run);
        }
    }

    /// <summary>Opens runs of trees that are held.</summary>
    public async Task LoadAsync(IReadOnlyCollection<Guid> ids)
    {
        var missing = ids.Where(id => !_open.ContainsKey(id)).ToArray();
        if (missing.Length > 0)
        {
            await AddAsync(await session.QueryAsync("find_runs", RunColumns.Read, Parameter.IdList("@ids", missing)).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Has a run that is due look at itself, or begin where its time for that has come; a sub-run whose input does not fit fails then.
    /// Answers whether this transaction has time for it.
    /// </summary>
    public bool TryLook(OpenRun run)
    {
        if (run.Row.BeginsAt is null || run.Row.Fault is not null)
        {
            run.Add(new RunEvent.Looked());
            return true;
        }

        if (!_checks.HasTimeFor(run.Definition))
        {
            return false;
        }

        try
        {
            if (!run.Row.IsRoot && _checks.FindMistakes(run.Definition, run.Row.Input!.Value) is { } mistakes)
            {
                run.Fail(TaskError.Of(ErrorCodes.InvalidInput, mistakes));
            }
            else
            {
                run.Add(new RunEvent.Begun());
            }
        }
        catch (BrokenRunException fault)
        {
            run.Break(fault);
        }

        return true;
    }

    /// <summary>Tells the runs of tasks, of which these are written settlements, how they ended, as far as they have.</summary>
    /// <param name="at">When that was; null where it has to be read.</param>
    public async Task EndAsync(IReadOnlyCollection<Settlement> settlements, DateTimeOffset? at)
    {
        var ended = settlements.Select(settlement => EndedWork.Of(settlement, at)).OfType<EndedWork>().ToList();
        var known = ended.Select(static work => work.TaskId).ToHashSet();
        var others = settlements.Select(static settlement => settlement.Lease.TaskId).Where(id => !known.Contains(id)).ToArray();
        await EndAsync([.. ended, .. await EndedWork.FindAsync(session, others).ConfigureAwait(false)]).ConfigureAwait(false);
    }

    /// <summary>Tells the runs of these tasks how they ended, as far as they have; others are passed over.</summary>
    public async Task EndAsync(IReadOnlyCollection<Guid> tasks) =>
        await EndAsync(await EndedWork.FindAsync(session, tasks).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Says how many tasks of workspaces this transaction has ended, whose room it may give to others.</summary>
    public void Free(IReadOnlyDictionary<long, int> ended)
    {
        foreach (var (key, tasks) in ended)
        {
            room.Free(key, tasks);
        }
    }

    /// <summary>Carries on everything that has happened to the open runs, and writes what came of it.</summary>
    /// <param name="refuse">Takes a tree that is to be started and has no room for its first tasks; nothing of it is written then.</param>
    public async Task AdvanceAsync(Action<Guid, Submissions.SubmissionResult>? refuse = null)
    {
        var now = await session.NowAsync().ConfigureAwait(false);
        var starts = new RunStarts(engine, session, room, this, _startRoom, _checks, now, refuse);
        do
        {
            await PlanAsync(starts, now).ConfigureAwait(false);
        }
        while (await starts.SubmitAsync().ConfigureAwait(false));

        var changed = _order.Where(static run => run.IsNew || run.IsChanged).ToList();
        if (changed.Count > 0)
        {
            await engine.Writer.WriteAsync(session, changed, now).ConfigureAwait(false);
            await _cache.WriteAsync(now).ConfigureAwait(false);
        }

        Notices = [.. _order.Where(static run => run.IsNew || run.IsChanged || run.Fault is not null).Select(run => run.ToNotice(now))];
    }

    private async Task EndAsync(List<EndedWork> ended)
    {
        if (ended.Count == 0)
        {
            return;
        }

        await OpenAsync([.. ended.Select(static work => work.RunId)]).ConfigureAwait(false);
        var unread = ended.Where(static work => work is { Error: null, Result: null }).Select(static work => work.TaskId).ToArray();
        var read = unread.Length == 0
            ? []
            : (await session.QueryAsync("find_results", static row => (Id: row.Id("id"), Result: row.Bytes("result")), Parameter.IdList("@ids", unread)).ConfigureAwait(false))
                .ToDictionary(static row => row.Id, static row => (ReadOnlyMemory<byte>)row.Result);
        foreach (var work in ended.OrderBy(static work => work.TaskId))
        {
            // Retention may have taken the run meanwhile.
            if (Find(work.RunId) is { } run)
            {
                if (work is { Error: null, Result: null } && !read.ContainsKey(work.TaskId))
                {
                    run.Break(new BrokenRunException($"The result of the task {work.TaskId} is not there."));
                    continue;
                }

                var outcome = work.Error is null
                    ? new WorkOutcome(work.Result ?? read[work.TaskId], null)
                    : new WorkOutcome(null, work.Error);
                run.AddEnd(work.Key, outcome, work.Waited, work.Ran);
                _cache.Note(run, work, outcome);
            }
        }

        await AdvanceAsync().ConfigureAwait(false);
    }

    /// <summary>Plans round by round until no run has anything left to carry on but the start of tasks.</summary>
    private async Task PlanAsync(RunStarts starts, DateTimeOffset now)
    {
        while (_order.Where(static run => run.HasEvents).ToList() is { Count: > 0 } planned)
        {
            await _startRoom.CountAsync(planned).ConfigureAwait(false);
            planned.ForEach(run => run.Plan(now, _startRoom));
            var lacking = planned.Where(static run => run.Missing.Count > 0).ToList();
            if (lacking.Count > 0)
            {
                await SupplyAsync(lacking).ConfigureAwait(false);
            }

            await CancelAsync(planned).ConfigureAwait(false);
            await starts.TakeAsync(planned, _cache).ConfigureAwait(false);
            await TellParentsAsync().ConfigureAwait(false);
        }
    }

    private async Task SupplyAsync(List<OpenRun> lacking)
    {
        foreach (var (runId, name, output) in await engine.Writer.ReadOutputsAsync(session, lacking).ConfigureAwait(false))
        {
            Find(runId)!.Supply(name, output);
        }

        foreach (var broken in lacking.Where(static run => run.Missing.Count > 0))
        {
            broken.Break(new BrokenRunException($"The output {broken.Missing.First()} is not there."));
        }
    }

    /// <summary>Aborts sub-runs that are given up, at once; tasks are cancelled once the transaction is over.</summary>
    private async Task CancelAsync(List<OpenRun> planned)
    {
        var given = planned
            .Select(static run => (Run: run, Work: run.TakeCancelled().ToLookup(static work => work.Key, static work => work.Compensates)))
            .Where(static run => run.Work.Count > 0 || run.Run.Row.State.IsBroken)
            .ToList();
        if (given.Count == 0)
        {
            return;
        }

        given.ForEach(static run => run.Run.Abandon());
        // Of a run that is broken nobody knows what it has under way.
        var parents = given.Where(static run => run.Run.HasSubRuns || run.Run.Row.State.IsBroken).ToDictionary(static run => run.Run.Row.Id, static run => run);
        if (parents.Count == 0)
        {
            return;
        }

        await LoadAsync(await session.QueryAsync("find_sub_runs", static row => row.Id("id"), Parameter.IdList("@ids", parents.Keys)).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var child in _order.Where(run => run.Row.ParentId is { } id && parents.ContainsKey(id)).ToList())
        {
            var (parent, work) = parents[child.Row.ParentId!.Value];
            var key = WorkKey.Parse(child.Row.ParentWork!);
            if (child.Row.State.Status == RunStatus.Started && (parent.Row.State.IsBroken || work.Contains(key)))
            {
                child.Add(new RunEvent.Abort("The run that it is a step of has no use for it any more.", work[key].Any(static compensates => compensates)));
            }
        }
    }

    /// <summary>The end of a sub-run is the end of a piece of work of its parent.</summary>
    private async Task TellParentsAsync()
    {
        var ended = _order.Where(static run => !run.Row.IsRoot).Select(static run => (run.Row, End: run.TakeEnd())).Where(static child => child.End is not null).ToList();
        await LoadAsync([.. ended.Select(static child => child.Row.ParentId!.Value).Distinct()]).ConfigureAwait(false);
        foreach (var (row, end) in ended)
        {
            Find(row.ParentId!.Value)?.Add(new RunEvent.WorkEnded(WorkKey.Parse(row.ParentWork!), end!));
        }
    }

    private async Task AddAsync(IEnumerable<RunRow> rows)
    {
        foreach (var row in rows.Where(row => !_open.ContainsKey(row.Id)))
        {
            Add(await OpenAsync(row).ConfigureAwait(false));
        }
    }

    private async Task<OpenRun> OpenAsync(RunRow row)
    {
        try
        {
            var definition = await engine.Definitions.GetAsync(session, row.DefinitionKey).ConfigureAwait(false);
            return new OpenRun(row.Fault is null ? row : row with { State = RunPlanner.NewState(definition) with { Status = row.State.Status } }, definition, isNew: false);
        }
        catch (BrokenRunException fault)
        {
            return new OpenRun(row with { Fault = row.Fault ?? fault }, new RunDefinition { Name = row.Definition, Steps = [] }, isNew: false);
        }
    }

    private void Add(OpenRun run)
    {
        _open.Add(run.Row.Id, run);
        _order.Add(run);
    }
}
