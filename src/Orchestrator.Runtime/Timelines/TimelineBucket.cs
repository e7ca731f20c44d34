using System.Collections.Concurrent;
using Orchestrator.Core.Timeline;
using Orchestrator.Storage.Timelines;

namespace Orchestrator.Runtime.Timelines;

/// <summary>What this process saw in one bucket of time. Adding takes no lock once a workspace and action have been seen.</summary>
internal sealed class TimelineBucket(DateTimeOffset at)
{
    /// <summary>How many pairs of workspace and action are counted apart.</summary>
    public const int MaxPairs = 1_000;

    private const string OtherAction = "other";

    /// <summary>No workspace has this key, so what is counted under it stands in sums alone.</summary>
    private const long OtherWorkspace = -1;

    private readonly ConcurrentDictionary<(long WorkspaceKey, string Action), TimelineCell> _cells = new();
    private int _count;

    public DateTimeOffset At { get; } = at;

    public int Count => Volatile.Read(ref _count);

    public TimelineCell Cell(long workspaceKey, string action) =>
        _cells.TryGetValue((workspaceKey, action), out var cell) ? cell : Add(workspaceKey, action);

    /// <summary>
    /// The rows of the cells that have changed since the last time, and the sums that these are a part of: each holds all that
    /// happened, so that writing it twice changes nothing.
    /// </summary>
    public List<TimelineRow> TakeChanged()
    {
        var sums = new Dictionary<(long WorkspaceKey, string Action), TimelineFigures>();
        var rows = new List<TimelineRow>();
        foreach (var (pair, cell) in _cells)
        {
            if (cell.TakeChanged())
            {
                if (pair.WorkspaceKey != OtherWorkspace)
                {
                    rows.Add(new TimelineRow(At, pair.WorkspaceKey, pair.Action, cell.Figures));
                }

                SumsOf(pair).ForEach(sum => sums.TryAdd(sum, new TimelineFigures()));
            }
        }

        foreach (var (pair, cell) in sums.Count == 0 ? [] : _cells.ToArray())
        {
            foreach (var sum in SumsOf(pair))
            {
                sums.GetValueOrDefault(sum)?.Add(cell.Figures);
            }
        }

        rows.AddRange(sums.Select(sum => new TimelineRow(At, sum.Key.WorkspaceKey, sum.Key.Action, sum.Value)));
        return rows;
    }

    /// <summary>Has everything written once more: it is not known whether what was taken last is.</summary>
    public void MarkChanged()
    {
        foreach (var cell in _cells.Values)
        {
            cell.MarkChanged();
        }
    }

    private static List<(long WorkspaceKey, string Action)> SumsOf((long WorkspaceKey, string Action) pair) => pair.WorkspaceKey == OtherWorkspace
        ? [(TimelineRow.All, ""), (TimelineRow.All, pair.Action)]
        : [(TimelineRow.All, ""), (TimelineRow.All, pair.Action), (pair.WorkspaceKey, "")];

    private TimelineCell Add(long workspaceKey, string action)
    {
        var count = Count;
        var pair = count < MaxPairs ? (workspaceKey, action)
            : count < 2 * MaxPairs ? (workspaceKey, OtherAction)
            : (OtherWorkspace, OtherAction);
        return _cells.GetOrAdd(pair, _ =>
        {
            Interlocked.Increment(ref _count);
            return new TimelineCell();
        });
    }
}
