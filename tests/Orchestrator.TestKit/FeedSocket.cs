using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Orchestrator.TestKit;

/// <summary>A client of the live feed that reads it as a page would.</summary>
public sealed class FeedSocket : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];

    private FeedSocket()
    {
    }

    /// <summary>With what the gateway closed the connection; null while it has not.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>Connects, and has been told the first numbers: from then on everything that happens is told.</summary>
    public static async Task<FeedSocket> OpenAsync(Uri gateway, string? origin = null, object? subscribe = null)
    {
        var feed = await ConnectAsync(gateway, origin);
        await feed.ReadUntilAsync("stats");
        if (subscribe is not null)
        {
            await feed.SendAsync(JsonSerializer.Serialize(new { subscribe }));
            await feed.ReadUntilAsync("subscribed");
        }

        return feed;
    }

    /// <summary>Connects and reads nothing.</summary>
    public static async Task<FeedSocket> ConnectAsync(Uri gateway, string? origin = null)
    {
        var feed = new FeedSocket();
        feed._socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            feed._socket.Options.SetRequestHeader("Origin", origin);
        }

        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await feed._socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/observability/ws" }.Uri, limit.Token);
            return feed;
        }
        catch (WebSocketException exception)
        {
            exception.Data["status"] = (int)feed._socket.HttpStatusCode;
            feed._socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, limit.Token);
    }

    /// <summary>The next message; null once the gateway has closed the connection.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
            }
        }
    }

    /// <summary>Messages up to one of a type, which is the last of them.</summary>
    public Task<IReadOnlyList<JsonElement>> ReadUntilAsync(string type) => ReadUntilAsync(message => TypeOf(message) == type);

    /// <summary>Messages up to one that is wanted, which is the last of them.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadUntilAsync(Predicate<JsonElement> isWanted)
    {
        var messages = new List<JsonElement>();
        using var limit = new CancellationTokenSource(Limit);
        while (messages.Count == 0 || !isWanted(messages[^1]))
        {
            limit.Token.ThrowIfCancellationRequested();
            messages.Add(await NextAsync() ?? throw new InvalidOperationException($"The feed was closed: {CloseStatus} {CloseReason}"));
        }

        return messages;
    }

    public static string TypeOf(JsonElement message) => message.GetProperty("type").GetString()!;

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
