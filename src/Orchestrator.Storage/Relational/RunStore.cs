using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Runs;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

internal sealed class RunStore(IDatabase database, RunEngine engine, ITaskControl control) : IRunStore
{
    private readonly RunReader _reader = new(database);
    private readonly AbandonedWork _abandoned = new(database, control);

    public Action<IReadOnlyList<RunNotice>>? Notices
    {
        get => engine.Notices;
        set => engine.Notices = value;
    }

    public InputCheck? InputCheck
    {
        get => engine.InputCheck;
        set => engine.InputCheck = value;
    }

    public Func<string, TaskDefaults>? FindTaskDefaults
    {
        get => engine.FindTaskDefaults;
        set => engine.FindTaskDefaults = value;
    }

    public async Task<IReadOnlyList<StartRunResult>> StartAsync(IReadOnlyList<NewRun> runs, CancellationToken cancellationToken) =>
        await engine.RunAsync((session, advance) => new RunStarting(engine, session, advance).StartAsync(runs), cancellationToken).ConfigureAwait(false);

    public Task<RunRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => _reader.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<RunRecord>?> ListAsync(RunQuery query, CancellationToken cancellationToken) => _reader.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<Guid>> FindEndedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => _reader.FindEndedAsync(ids, cancellationToken);

    public Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>?> ListOutputsAsync(Guid id, string step, long maxBytes, CancellationToken cancellationToken) =>
        _reader.ListOutputsAsync(id, step, maxBytes, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> FindOutputAsync(Guid id, string name, CancellationToken cancellationToken) =>
        _reader.FindOutputAsync(id, name, cancellationToken);

    public Task<TaskError?> FindItemErrorAsync(Guid id, string step, int item, CancellationToken cancellationToken) =>
        _reader.FindItemErrorAsync(id, step, item, cancellationToken);

    public Task<IReadOnlyList<RunStepRecord>> ListWorkAsync(Guid id, CancellationToken cancellationToken) => _reader.ListWorkAsync(id, cancellationToken);

    public Task<IReadOnlyList<RunEventRecord>> ListEventsAsync(Guid id, int after, int limit, CancellationToken cancellationToken) =>
        _reader.ListEventsAsync(id, after, limit, cancellationToken);

    public async Task<RunChangeResult> ChangeAsync(Guid id, RunEvent change, CancellationToken cancellationToken)
    {
        var (result, abandoning) = await engine.RunAsync(
            async (session, advance) => (await ChangeAsync(session, advance, id, change).ConfigureAwait(false), advance.Abandoning), cancellationToken).ConfigureAwait(false);
        await _abandoned.CancelAsync(abandoning, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public async Task<int> LookAsync(int limit, CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            session => session.QueryAsync(
                "find_due_runs",
                static row => (Place: new RunPlace(row.Id("id"), row.BigInteger("workspace_key"), row.Id("root_id")), Bytes: row.BigInteger("bytes")),
                Parameter.Integer("@limit", limit)),
            cancellationToken).ConfigureAwait(false);
        var looked = due.Count == 0
            ? 0
            : await engine.RunAsync((session, advance) => LookAsync(session, advance, FindFit(due)), cancellationToken).ConfigureAwait(false);
        var abandoning = await _abandoned.FindRunsAsync(limit, cancellationToken).ConfigureAwait(false);
        await _abandoned.CancelAsync(abandoning, cancellationToken).ConfigureAwait(false);
        return looked + abandoning.Count;
    }

    public Task<TimeSpan?> FindNextDueAsync(CancellationToken cancellationToken) => _reader.FindNextDueAsync(cancellationToken);

    /// <summary>As many as have inputs for one transaction, of one at least.</summary>
    private static List<RunPlace> FindFit(List<(RunPlace Place, long Bytes)> due)
    {
        var room = RunLimits.MaxStartBytesAtOnce;
        return due.ConvertAll(run => (run.Place, Before: room, After: room -= run.Bytes)).TakeWhile(static run => run.Before > 0).Select(static run => run.Place).ToList();
    }

    private static async Task<RunChangeResult> ChangeAsync(Session session, RunAdvance advance, Guid id, RunEvent change)
    {
        if (await RunAdvance.FindPlaceAsync(session, id).ConfigureAwait(false) is not { } place)
        {
            return new RunChangeResult.NotFound();
        }

        await session.ShareWorkspacesAsync([place.WorkspaceKey]).ConfigureAwait(false);
        if (await advance.OpenAsync(place.Id).ConfigureAwait(false) is not { } run)
        {
            return new RunChangeResult.NotFound();
        }

        if (run.Row is { ParentId: { } parent, FinishedAt: not null } && change is RunEvent.Retry or RunEvent.Skip)
        {
            // Its parent has gone on without it.
            return new RunChangeResult.Refused(new RunRefusal(false, $"The run has ended as a step of the run {parent}; retry or skip that step there."));
        }

        run.Add(change);
        await advance.AdvanceAsync().ConfigureAwait(false);
        return run.Refusal is { } refusal ? new RunChangeResult.Refused(refusal) : new RunChangeResult.Changed(run.Row.ToRecord());
    }

    private static async Task<int> LookAsync(Session session, RunAdvance advance, List<RunPlace> due)
    {
        await session.ShareWorkspacesAsync([.. due.Select(static run => run.WorkspaceKey).Distinct()]).ConfigureAwait(false);

        // What somebody else holds advances anyhow, or is found due again.
        var free = (await session.QueryAsync(
            "lock_free_runs", static row => row.Id("id"), Parameter.IdList("@ids", [.. due.Select(static run => run.RootId).Distinct()])).ConfigureAwait(false)).ToHashSet();
        var places = due.Where(run => free.Contains(run.RootId)).ToList();
        if (places.Count == 0)
        {
            return 0;
        }

        await advance.OpenAsync([.. places.Select(static run => run.Id)]).ConfigureAwait(false);
        var now = await session.NowAsync().ConfigureAwait(false);
        var looked = 0;
        foreach (var run in places.Select(place => advance.Find(place.Id)).OfType<OpenRun>().Where(run => run.Row.DueAt <= now))
        {
            looked += advance.TryLook(run) ? 1 : 0;
        }

        await advance.AdvanceAsync().ConfigureAwait(false);
        return looked;
    }
}
