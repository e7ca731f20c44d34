using Orchestrator.Core.Runs.Planning;
using Orchestrator.Storage.Tasks;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// Cancels tasks for which their run has no use any more, each in a transaction of its own, because whoever ends tasks holds them before
/// runs. The run says that there may be some until it has been seen, under its lock, that there are none.
/// </summary>
internal sealed class AbandonedWork(IDatabase database, ITaskControl control)
{
    /// <summary>Cancels what these runs have given up.</summary>
    public async Task CancelAsync(IReadOnlyCollection<Guid> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            foreach (var task in await database.ReadAsync(session => FindAsync(session, run), cancellationToken).ConfigureAwait(false))
            {
                await control.CancelAsync(task, cancellationToken).ConfigureAwait(false);
            }

            await database.WriteAsync(session => ClearAsync(session, run), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs that say so, of processes that have died among them.</summary>
    public Task<List<Guid>> FindRunsAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => session.QueryAsync("find_abandoning_runs", static row => row.Id("id"), Parameter.Integer("@limit", limit)), cancellationToken);

    /// <summary>The tasks first: what was started before them and is not under way after them never will be again.</summary>
    private static async Task<List<Guid>> FindAsync(Session session, Guid run)
    {
        var live = await session.QueryAsync(
            "find_live_work", static row => (Id: row.Id("id"), Key: WorkKey.Parse(row.Text("step_key"))), Parameter.Id("@id", run)).ConfigureAwait(false);
        if (live.Count == 0
            || await session.FindAsync<(RunState State, BrokenRunException? Fault)?>("find_run_state", static row => RunColumns.ReadState(row), Parameter.Id("@id", run)).ConfigureAwait(false) is not { } read)
        {
            return [];
        }

        // A run whose state cannot be read fails with the first of its tasks that ends.
        var wanted = read.State.FindInFlight().ToHashSet();
        return [.. live.Where(task => !wanted.Contains(task.Key)).Select(static task => task.Id)];
    }

    private static async Task<bool> ClearAsync(Session session, Guid run)
    {
        if (await RunAdvance.FindPlaceAsync(session, run).ConfigureAwait(false) is not { } place
            || await session.FindAsync<Guid?>("lock_run_ids", static row => row.Id("id"), Parameter.IdList("@ids", [place.RootId])).ConfigureAwait(false) is null
            || (await FindAsync(session, run).ConfigureAwait(false)).Count > 0)
        {
            return false;
        }

        return await session.ExecuteAsync("clear_abandons", Parameter.Id("@id", run), Parameter.Flag("@flag", false)).ConfigureAwait(false) > 0;
    }
}
