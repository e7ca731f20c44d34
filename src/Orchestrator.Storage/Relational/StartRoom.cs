using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;

namespace Orchestrator.Storage.Relational;

/// <summary>
/// What runs may start within one transaction, so that none is large, however much one request asks for: so much in each tree, so many
/// sub-runs altogether, and no more of them than a tree may have at once. A run that has nothing under way may always start one, so that a
/// full tree goes on.
/// </summary>
internal sealed class StartRoom(Session session)
{
    private readonly Dictionary<Guid, Tree> _trees = [];
    private int _subRuns = RunLimits.MaxSubRunsBegun;

    /// <summary>Whether sub-runs that are made now are left to other transactions to begin.</summary>
    public bool LeavesSubRuns => _subRuns <= 0;

    /// <summary>Whether the tree of a run has as many sub-runs as it may.</summary>
    public bool IsFull(OpenRun run) => run.HasSubRuns && TreeOf(run).SubRuns <= 0;

    /// <summary>How many tasks and sub-runs a run may start now.</summary>
    public int StartsOf(OpenRun run)
    {
        var tree = TreeOf(run);
        return run.HasSubRuns
            ? Math.Min(tree.Starts, Math.Max(Math.Min(_subRuns, tree.SubRuns), run.Row.State.InFlight == 0 ? 1 : 0))
            : tree.Starts;
    }

    /// <summary>How many bytes the inputs of those may have before it starts no more.</summary>
    public long BytesOf(OpenRun run) => TreeOf(run).Bytes;

    public void Take(OpenRun run, WorkRequest started)
    {
        var tree = TreeOf(run);
        tree.Starts--;
        tree.Bytes -= started.Input.Length;
        if (started.Run is not null)
        {
            tree.SubRuns--;
            _subRuns--;
        }
    }

    /// <summary>Counts the sub-runs of the trees of these runs as far as that is not done. The transaction holds them.</summary>
    public async Task CountAsync(IEnumerable<OpenRun> runs)
    {
        var roots = runs
            .Where(run => run.HasSubRuns && !TreeOf(run).IsCounted)
            .ToLookup(static run => run.Row.RootId, static run => run is { IsNew: true, Row.IsRoot: true });
        foreach (var root in roots)
        {
            _trees[root.Key].IsCounted = true;
        }

        var earlier = roots.Where(static root => !root.Contains(true)).Select(static root => root.Key).ToArray();
        if (earlier.Length == 0)
        {
            return;
        }

        foreach (var (root, live) in await session.QueryAsync(
            "count_live_sub_runs", static row => (row.Id("root_id"), row.BigInteger("live")), Parameter.IdList("@ids", earlier)).ConfigureAwait(false))
        {
            _trees[root].SubRuns -= (int)live;
        }
    }

    private Tree TreeOf(OpenRun run)
    {
        if (!_trees.TryGetValue(run.Row.RootId, out var tree))
        {
            _trees.Add(run.Row.RootId, tree = new Tree());
        }

        return tree;
    }

    private sealed class Tree
    {
        public int Starts { get; set; } = RunLimits.MaxStartsAtOnce;

        public long Bytes { get; set; } = RunLimits.MaxStartBytesAtOnce;

        public int SubRuns { get; set; } = RunLimits.MaxRunsOfTree;

        public bool IsCounted { get; set; }
    }
}
