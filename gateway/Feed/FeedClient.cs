using System.Net.WebSockets;
using Orchestrator.Contracts.Cluster;
using Orchestrator.Contracts.Feed;
using Orchestrator.Gateway.Requests;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Signals;
using Orchestrator.Telemetry;

namespace Orchestrator.Gateway.Feed;

/// <summary>
/// One connection. Its sender is the only one that writes to the socket, and nobody waits for it: who puts something into its queue goes on,
/// and a client that takes in nothing for too long, or lets its queue overflow, is dropped.
/// </summary>
internal sealed partial class FeedClient : IDisposable
{
    private const int MaxMessage = 16 * 1024;

    /// <summary>How long a client may take to answer that the connection is closed.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly FeedOptions _options;
    private readonly FeedInstruments _instruments;
    private readonly TimeProvider _timeProvider;
    private readonly WakeSignal _wake;
    private readonly Lock _closeLock = new();
    private readonly CancellationTokenSource _patience;
    private volatile Closing? _closing;
    private long _leftOut;

    public FeedClient(WebSocket socket, FeedQueue queue, FeedOptions options, TimeProvider timeProvider, FeedInstruments instruments)
    {
        _instruments = instruments;
        _socket = socket;
        _options = options;
        _timeProvider = timeProvider;
        _wake = new WakeSignal(timeProvider);
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        Queue = queue;
    }

    public FeedQueue Queue { get; }

    /// <summary>Whether it was dropped because it did not keep up.</summary>
    public bool WasDropped { get; private set; }

    /// <summary>Whether it was told the system in numbers before.</summary>
    public bool HasStats { get; private set; }

    /// <summary>Lets the sender know that something waits.</summary>
    public void Wake()
    {
        if (Queue.HasOverflowed)
        {
            Drop("Too many messages wait; the reader does not keep up.");
        }

        _wake.Set();
    }

    /// <summary>Tells the system in numbers, and how much was left out for this client.</summary>
    /// <param name="leftOut">What was left out for all clients.</param>
    public void TellStats(StatsResponse stats, DateTimeOffset at, long leftOut)
    {
        HasStats = true;
        _leftOut += leftOut;
        if (!Queue.Subscription.Takes(FeedTypes.Stats, workspace: null))
        {
            return;
        }

        // Who sees some workspaces is told neither of the tasks of all, nor what was left out of them.
        var seen = Queue.SeesAll ? stats : stats with { Tasks = new Dictionary<string, long>() };
        Say(FeedTypes.Stats, at, new FeedStats(seen) { Skipped = (Queue.SeesAll ? _leftOut : 0) + Queue.TakeSkipped() });
        _leftOut = 0;
    }

    /// <summary>Closes a connection for which there is no room after all.</summary>
    public void TurnAway() => Close(WebSocketCloseStatus.InternalServerError, "Too many clients look on; try again later.");

    /// <summary>Serves the connection until either side has closed it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var onStop = stopping.UnsafeRegister(
            static client => ((FeedClient)client!).Close(WebSocketCloseStatus.EndpointUnavailable, "The gateway stops; connect again."), this);
        var receiving = ReceiveAsync();
        try
        {
            await SendAsync();
            await Task.WhenAny(receiving, Task.Delay(CloseGrace, _timeProvider, CancellationToken.None));
        }
        finally
        {
            _socket.Abort();
            await receiving;
        }
    }

    public void Dispose() => _patience.Dispose();

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                _patience.CancelAfter(_closing is null ? _options.SendTimeout : CloseGrace);
                var messages = Queue.Take();
                foreach (var one in messages)
                {
                    await _socket.SendAsync(one.Utf8, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, _patience.Token);
                    if (_closing is { AtOnce: true })
                    {
                        break;
                    }
                }

                _instruments.OnMessages(messages.Count);
                if (_closing is { } closing)
                {
                    await _socket.CloseOutputAsync(closing.Status, closing.Reason, _patience.Token);
                    return;
                }

                _patience.CancelAfter(Timeout.InfiniteTimeSpan);
                await _wake.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            WasDropped |= _closing is null or { AtOnce: true };
        }
        catch (Exception exception) when (IsGone(exception))
        {
            Close(WebSocketCloseStatus.NormalClosure, "");
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[MaxMessage];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    Close(WebSocketCloseStatus.NormalClosure, "");
                    return;
                }

                if (_closing is not null)
                {
                    // Read on all the same: a connection that is cut with something unread loses what was sent last.
                    length = 0;
                }
                else if (part.EndOfMessage)
                {
                    Hear(buffer.AsMemory(0, length), part.MessageType);
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    Close(WebSocketCloseStatus.MessageTooBig, $"A message has at most {MaxMessage} bytes.");
                    length = 0;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody cancels: either it left a ping unanswered, or it is closed already.
            WasDropped |= _closing is null;
            Close(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception exception) when (IsGone(exception))
        {
            Close(WebSocketCloseStatus.NormalClosure, "");
        }
    }

    /// <summary>Takes over what the client wants to be told, or tells it everything that is wrong with what it says.</summary>
    private void Hear(ReadOnlyMemory<byte> message, WebSocketMessageType kind)
    {
        var errors = new FieldErrors();
        if (kind != WebSocketMessageType.Text)
        {
            errors.Malformed(JsonPointer.Root, "must be a text message.");
        }
        else if (StrictJson.Parse(message, errors.Malformed, out var malformed) is { } document)
        {
            using (document)
            {
                if (FeedSubscription.Read(document.RootElement, errors) is { } subscription)
                {
                    Queue.Subscription = subscription;
                    Say(FeedTypes.Subscribed, _timeProvider.GetUtcNow(), subscription.Selection);
                    return;
                }
            }
        }
        else if (malformed is not null)
        {
            errors.Malformed(JsonPointer.Root, malformed);
        }

        var problem = errors.ToProblem();
        Say(FeedTypes.Error, _timeProvider.GetUtcNow(), new FeedProblem(problem.Detail!, problem.Errors!));
    }

    private void Say<T>(string type, DateTimeOffset at, T data)
    {
        Queue.Add(FeedEvent.Of(type, at, data));
        Wake();
    }

    private void Drop(string reason)
    {
        WasDropped = true;
        Close(new Closing(WebSocketCloseStatus.PolicyViolation, reason, AtOnce: true));
    }

    private void Close(WebSocketCloseStatus status, string reason) => Close(new Closing(status, reason, AtOnce: false));

    private void Close(Closing closing)
    {
        lock (_closeLock)
        {
            if (_closing is not null)
            {
                return;
            }

            _closing = closing;
        }

        // A send that hangs ends by then.
        _patience.CancelAfter(CloseGrace);
        _wake.Set();
    }

    private static bool IsGone(Exception exception) => exception is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException;

    private sealed record Closing(WebSocketCloseStatus Status, string Reason, bool AtOnce);
}
