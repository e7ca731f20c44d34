using Orchestrator.Runtime.Feed;

namespace Orchestrator.Gateway.Feed;

/// <summary>
/// How far histories have been told. It remembers the tasks and runs that had news lately; of others only what is newer than everything it
/// has forgotten is told, so nothing is told twice.
/// </summary>
internal sealed class FeedCursors
{
    private const int MaxRemembered = 20_000;

    private Dictionary<NewsItem, int> _recent = [];
    private Dictionary<NewsItem, int> _older = [];
    private DateTimeOffset _newestRecent;
    private DateTimeOffset _newestOlder;

    /// <summary>What is older than this is not told of those that are not remembered.</summary>
    public DateTimeOffset Horizon { get; private set; }

    /// <summary>Forgets everything; what happens from <paramref name="since"/> on is to be told.</summary>
    public void Begin(DateTimeOffset since)
    {
        _recent.Clear();
        _older.Clear();
        Horizon = _newestRecent = _newestOlder = since;
    }

    /// <summary>The last entry that was told; null when none was, as far as it remembers.</summary>
    public int? Find(NewsItem item) => _recent.TryGetValue(item, out var told) || _older.TryGetValue(item, out told) ? told : null;

    /// <summary>Remembers that entries up to this one, of this time, have been told.</summary>
    public void Remember(NewsItem item, int seq, DateTimeOffset at)
    {
        if (_recent.Count >= MaxRemembered)
        {
            Horizon = _newestOlder > Horizon ? _newestOlder : Horizon;
            (_older, _recent) = (_recent, _older);
            _recent.Clear();
            _newestOlder = _newestRecent;
        }

        _recent[item] = seq;
        _newestRecent = at > _newestRecent ? at : _newestRecent;
    }
}
