using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// How many sub-runs a transaction may start: so many altogether, and so many more in each tree. A run that has none may always start one,
/// so that a full tree goes on.
/// </summary>
internal sealed class SubRunRoom(Session session)
{
    private readonly Dictionary<Guid, int> _left = [];
    private int _leftAltogether = RunLimits.MaxSubRunsBegun;

    /// <summary>Whether what is to begin is left to other transactions.</summary>
    public bool IsUsedUp => _leftAltogether <= 0;

    /// <summary>How many sub-runs a run may start now.</summary>
    public int LeftFor(OpenRun run) => Math.Max(0, Math.Min(_leftAltogether, _left[run.Row.RootId]));

    public void Take(OpenRun run, int count)
    {
        _leftAltogether -= count;
        _left[run.Row.RootId] -= count;
    }

    /// <summary>Counts the trees of these runs as far as that is not done. The transaction holds them.</summary>
    public async Task CountAsync(IEnumerable<OpenRun> runs)
    {
        var begun = runs.Where(run => !_left.ContainsKey(run.Row.RootId)).ToLookup(static run => run.Row.RootId, static run => run is { IsNew: true, Row.IsRoot: true });
        foreach (var root in begun)
        {
            _left[root.Key] = RunLimits.MaxRunsOfTree;
        }

        var roots = begun.Where(static root => !root.Contains(true)).Select(static root => root.Key).ToArray();
        if (roots.Length == 0)
        {
            return;
        }

        foreach (var (root, live) in await session.QueryAsync(
            "count_live_sub_runs", static row => (row.Id("root_id"), row.BigInteger("live")), Parameter.IdList("@ids", roots)).ConfigureAwait(false))
        {
            _left[root] -= (int)live;
        }
    }
}
