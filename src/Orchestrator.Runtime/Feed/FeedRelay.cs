using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Runtime.Ids;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Randomness;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Time;
using Orchestrator.Storage.Signals;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Feed;

/// <summary>
/// Carries news between the processes of a cluster while anybody looks on. One with viewers says so every few seconds and listens; the
/// others send, at most once in <see cref="SendInterval"/>, for as long as they have heard that lately.
/// </summary>
public sealed partial class FeedRelay(
    FeedTap tap,
    SignalHub hub,
    ISignalTransport transport,
    IOptions<FeedOptions> options,
    IIdSource ids,
    IRandomSource random,
    TimeProvider timeProvider,
    FeedInstruments instruments,
    ILogger<FeedRelay> logger) : BackgroundService
{
    public static readonly TimeSpan SendInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a process says that it has viewers.</summary>
    public static readonly TimeSpan AnnounceInterval = TimeSpan.FromSeconds(5);

    private readonly string _self = ids.NewSiloId().ToString("n", CultureInfo.InvariantCulture)[^12..];
    private readonly WakeSignal _viewers = new(timeProvider);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        transport.ReachesOthers ? Task.WhenAll(SendAsync(stoppingToken), ListenAsync(stoppingToken)) : Task.CompletedTask;

    private async Task SendAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), random);
        long? announced = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                announced = Announce(announced);
                if (!tap.IsWatchedElsewhere)
                {
                    await tap.WaitForViewersAsync(announced is null ? Timeout.InfiniteTimeSpan : AnnounceInterval, stoppingToken).ConfigureAwait(false);
                    continue;
                }

                await SendNewsAsync(stoppingToken).ConfigureAwait(false);
                backoff.Reset();
                await Task.Delay(SendInterval, timeProvider, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogSendFailed(exception);
                await timeProvider.PauseAsync(backoff.Next(), stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Says that there are viewers when it is time, and lets the listener know of those that come and go; answers when it was said last.</summary>
    private long? Announce(long? announced)
    {
        _viewers.Set();
        if (!tap.IsWatchedHere)
        {
            return null;
        }

        if (announced is { } last && timeProvider.GetElapsedTime(last) < AnnounceInterval)
        {
            return announced;
        }

        hub.SignalWatched();
        return timeProvider.GetTimestamp();
    }

    private async Task SendNewsAsync(CancellationToken stoppingToken)
    {
        var most = Math.Min(NewsFormat.MaxItems, LimitOf(options.Value, SendInterval));
        var (items, skipped) = tap.ForOthers.Take(most);
        if (items.Count > 0 || skipped > 0)
        {
            await transport.SendAsync(SignalChannel.Feed, NewsFormat.Write(_self, skipped, items), stoppingToken).ConfigureAwait(false);
            instruments.OnSent(items.Count);
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), random);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _viewers.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(false);
                if (tap.IsWatchedHere)
                {
                    await ListenWhileWatchedAsync(backoff, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                // Nobody looks on any more.
            }
            catch (Exception exception)
            {
                LogListenFailed(exception);
                await timeProvider.PauseAsync(backoff.Next(), stoppingToken).ConfigureAwait(false);
                _viewers.Set();
            }
        }
    }

    private async Task ListenWhileWatchedAsync(Backoff backoff, CancellationToken stoppingToken)
    {
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var listening = transport.ListenAsync(SignalChannel.Feed, backoff.Reset, Receive, watched.Token);
        while (tap.IsWatchedHere && !listening.IsCompleted)
        {
            await Task.WhenAny(listening, _viewers.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken)).ConfigureAwait(false);
        }

        await watched.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
    }

    private void Receive(string payload)
    {
        if (!NewsFormat.TryRead(payload, out var sender, out var skipped, out var items) || sender == _self)
        {
            return;
        }

        tap.Here.AddSkipped(skipped);
        foreach (var group in items.GroupBy(static one => (one.Urgency, one.Item.IsRun)))
        {
            tap.Here.Add(group.Key.Urgency, group.Key.IsRun, [.. group.Select(static one => one.Item.Id)]);
        }
    }

    /// <summary>How many items belong into an interval.</summary>
    public static int LimitOf(FeedOptions options, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Math.Max(1, (int)(options.NewsPerSecond * interval.TotalSeconds));
    }

    [LoggerMessage(2201, LogLevel.Warning, "News for the live feeds of other gateways were not sent.")]
    private partial void LogSendFailed(Exception exception);

    [LoggerMessage(2202, LogLevel.Warning, "The connection that receives news for the live feed broke; it is reopened.")]
    private partial void LogListenFailed(Exception exception);
}
