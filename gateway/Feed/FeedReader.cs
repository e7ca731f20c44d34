using Orchestrator.Gateway.Responses;
using Orchestrator.Runtime.Feed;
using Orchestrator.Storage.Feed;

namespace Orchestrator.Gateway.Feed;

/// <summary>Reads from the store what is new of tasks and runs, in the order of each history. The store is what is told; news only say where to look.</summary>
internal sealed class FeedReader(IFeedStore store, FeedTap tap)
{
    /// <summary>Most entries of one history that are read at once; the rest follows with the next news.</summary>
    private const int MaxEntries = 200;

    /// <summary>How long before the connection an entry may have been written: only its commit shows it.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private readonly FeedCursors _cursors = new();
    private DateTimeOffset? _since;

    /// <summary>What happens from then on, by the store's clock, is to be told; of no effect where that is known.</summary>
    public void Begin(DateTimeOffset since)
    {
        if (_since != since)
        {
            _since = since;
            _cursors.Begin(since - Margin);
        }
    }

    /// <summary>What the histories of these tasks and runs tell that has not been told.</summary>
    public async Task<IReadOnlyList<FeedEvent>> ReadAsync(IReadOnlyList<(NewsItem Item, NewsUrgency Urgency)> news, CancellationToken cancellationToken)
    {
        var events = new List<FeedEvent>();
        foreach (var run in await store.ReadRunsAsync(CursorsOf(news, runs: true), MaxEntries, cancellationToken))
        {
            var item = new NewsItem(run.Id, IsRun: true);
            var known = _cursors.Find(item) is not null;
            foreach (var entry in run.Events)
            {
                if (known || entry.At > _cursors.Horizon)
                {
                    events.Add(run.ToFeed(entry.ToResponse()));
                }
            }

            Remember(item, run.Events.Count == 0 ? null : (run.Events[^1].Seq, run.Events[^1].At), run.HasMore);
        }

        foreach (var task in await store.ReadTasksAsync(CursorsOf(news, runs: false), MaxEntries, cancellationToken))
        {
            var item = new NewsItem(task.Id, IsRun: false);
            var known = _cursors.Find(item) is not null;
            foreach (var entry in task.Events)
            {
                if (known || entry.At > _cursors.Horizon)
                {
                    events.AddRange(task.ToFeed(entry));
                }
            }

            Remember(item, task.Events.Count == 0 ? null : (task.Events[^1].Seq, task.Events[^1].At), task.Events.Count > 0 && task.Events[^1].Seq < task.LastSeq);
        }

        return events;
    }

    private List<HistoryCursor> CursorsOf(IReadOnlyList<(NewsItem Item, NewsUrgency Urgency)> news, bool runs) =>
        [.. news.Where(one => one.Item.IsRun == runs).Select(one => new HistoryCursor(one.Item.Id, _cursors.Find(one.Item) ?? 0))];

    private void Remember(NewsItem item, (int Seq, DateTimeOffset At)? last, bool hasMore)
    {
        if (last is { } told)
        {
            _cursors.Remember(item, told.Seq, told.At);
        }

        if (hasMore)
        {
            tap.Here.Add(NewsUrgency.Changed, item.IsRun, [item.Id]);
        }
    }
}
