using Orchestrator.Storage.Feed;

namespace Orchestrator.Gateway.Feed;

/// <summary>Reads from the store what has happened to workspaces. That is rare, so the latest is read again and again, and what was told is left out.</summary>
internal sealed class WorkspaceFeedReader(IFeedStore store)
{
    /// <summary>How far back it looks: longer than a transaction lasts.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private const int MaxNews = 1_000;

    // The time tells a workspace from one of the same name before it, whose history began at the same place.
    private HashSet<(string Workspace, long Seq, DateTimeOffset At)> _told = [];
    private DateTimeOffset? _since;

    /// <summary>What happens from then on, by the store's clock, is to be told; of no effect where that is known.</summary>
    public void Begin(DateTimeOffset since)
    {
        if (_since != since)
        {
            _since = since;
            _told = [];
        }
    }

    /// <summary>What has not been told.</summary>
    public async Task<IReadOnlyList<FeedEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        var latest = await store.ListWorkspaceNewsAsync(Window, MaxNews, cancellationToken);
        var events = latest
            .Where(entry => entry.At > _since - FeedReader.Margin && !_told.Contains((entry.Workspace, entry.Seq, entry.At)))
            .Select(static entry => entry.ToFeed())
            .ToList();
        _told = [.. latest.Select(static entry => (entry.Workspace, entry.Seq, entry.At))];
        return events;
    }
}
