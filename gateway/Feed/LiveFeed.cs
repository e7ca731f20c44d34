using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Api;
using Orchestrator.Runtime.Feed;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;
using Orchestrator.Storage.Feed;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Feed;

/// <summary>
/// Tells everybody who looks on at this gateway what happens. While somebody does, it reads every <see cref="Interval"/> what has news,
/// writes it once and puts it into the queue of each client; while nobody does, it does nothing.
/// </summary>
internal sealed partial class LiveFeed(
    IFeedStore store,
    FeedTap tap,
    FeedReader reader,
    WorkspaceFeedReader workspaces,
    StatsSource stats,
    IOptions<FeedOptions> options,
    TimeProvider timeProvider,
    FeedInstruments instruments,
    ILogger<LiveFeed> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan StatsInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly WakeSignal _eventsWanted = new(timeProvider);
    private readonly WakeSignal _statsWanted = new(timeProvider);
    private IReadOnlyList<FeedClient> _clients = [];
    private IDisposable? _watch;
    private long _firstJoinedAt;
    private DateTimeOffset? _watchedSince;
    private long _leftOut;
    private long _statsAt;

    /// <summary>Lets a client take part until what is returned is disposed; null when there are too many.</summary>
    public IDisposable? Join(FeedClient client)
    {
        lock (_lock)
        {
            if (_clients.Count >= options.Value.MaxClients)
            {
                return null;
            }

            if (_clients.Count == 0)
            {
                (_firstJoinedAt, _watchedSince) = (timeProvider.GetTimestamp(), null);
            }

            _clients = [.. _clients, client];
            _watch ??= tap.Watch();
        }

        instruments.OnConnected();
        _eventsWanted.Set();
        _statsWanted.Set();
        return new Membership(this, client);
    }

    /// <summary>Whether one more client may take part.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count < options.Value.MaxClients;
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(_eventsWanted, Interval, TellEventsAsync, stoppingToken),
        RepeatAsync(_statsWanted, StatsInterval, TellStatsAsync, stoppingToken));

    /// <summary>Does something again and again while there are clients, and at once when one comes.</summary>
    private async Task RepeatAsync(WakeSignal wanted, TimeSpan interval, Func<IReadOnlyList<FeedClient>, CancellationToken, Task> tell, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var clients = Volatile.Read(ref _clients);
                await wanted.WaitAsync(clients.Count > 0 ? interval : Timeout.InfiniteTimeSpan, stoppingToken);
                await tell(Volatile.Read(ref _clients), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await Task.Delay(StatsInterval, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TellEventsAsync(IReadOnlyList<FeedClient> clients, CancellationToken stoppingToken)
    {
        if (clients.Count == 0)
        {
            return;
        }

        reader.Begin(await WatchedSinceAsync(stoppingToken));
        var (news, skipped) = tap.Here.Take(FeedRelay.LimitOf(options.Value, Interval));
        LeaveOut(skipped);
        if (news.Count == 0)
        {
            return;
        }

        try
        {
            Tell(clients, await reader.ReadAsync(news, stoppingToken));
        }
        catch
        {
            LeaveOut(news.Count);
            throw;
        }
    }

    private async Task TellStatsAsync(IReadOnlyList<FeedClient> clients, CancellationToken stoppingToken)
    {
        if (clients.Count == 0)
        {
            return;
        }

        workspaces.Begin(await WatchedSinceAsync(stoppingToken));
        Tell(clients, await workspaces.ReadAsync(stoppingToken));
        var now = await stats.CountRecentAsync(stoppingToken);
        var at = timeProvider.GetUtcNow();

        // Who comes in between is told at once, the others when their second is over.
        var isDue = timeProvider.GetElapsedTime(_statsAt) >= StatsInterval * 0.9;
        var leftOut = isDue ? Interlocked.Exchange(ref _leftOut, 0) : 0;
        _statsAt = isDue ? timeProvider.GetTimestamp() : _statsAt;
        foreach (var client in Volatile.Read(ref _clients))
        {
            if (isDue || !client.HasStats)
            {
                client.TellStats(now, at, leftOut);
            }
        }
    }

    /// <summary>When the first of those who look on came, by the store's clock, which may be ahead of this one or behind it.</summary>
    private async Task<DateTimeOffset> WatchedSinceAsync(CancellationToken stoppingToken)
    {
        long firstJoinedAt;
        lock (_lock)
        {
            if (_watchedSince is { } known)
            {
                return known;
            }

            firstJoinedAt = _firstJoinedAt;
        }

        var since = await store.NowAsync(stoppingToken) - timeProvider.GetElapsedTime(firstJoinedAt);
        lock (_lock)
        {
            return firstJoinedAt == _firstJoinedAt ? _watchedSince ??= since : since;
        }
    }

    private void Tell(IReadOnlyList<FeedClient> clients, IReadOnlyList<FeedEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        foreach (var client in clients)
        {
            instruments.OnSkipped(client.Queue.Offer(events));
            client.Wake();
        }
    }

    private void LeaveOut(long news)
    {
        Interlocked.Add(ref _leftOut, news);
        instruments.OnSkipped(news);
    }

    private void Leave(FeedClient client)
    {
        lock (_lock)
        {
            _clients = [.. _clients.Where(other => other != client)];
            if (_clients.Count == 0)
            {
                _watch?.Dispose();
                _watch = null;
            }
        }

        instruments.OnDisconnected();
        if (client.WasDropped)
        {
            instruments.OnDropped();
            LogDropped();
        }
    }

    [LoggerMessage(4101, LogLevel.Warning, "The live feed could not read what has happened; it goes on.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(4102, LogLevel.Information, "A client of the live feed was dropped, because it did not keep up.")]
    private partial void LogDropped();

    private sealed class Membership(LiveFeed feed, FeedClient client) : IDisposable
    {
        public void Dispose() => feed.Leave(client);
    }
}
