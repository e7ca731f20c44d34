using System.Net.WebSockets;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Clients of a gateway's live feed: some read whatever comes, the others never read.</summary>
internal sealed class FeedViewers : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<ClientWebSocket> _sockets = [];
    private readonly List<Task> _reading = [];
    private long _messages;

    /// <summary>How many messages came in all.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Connects them all; each of those that read has been told something.</summary>
    public static async Task<FeedViewers> ConnectAsync(Uri gateway, int readers, int silent)
    {
        var viewers = new FeedViewers();
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            for (var i = 0; i < readers + silent; i++)
            {
                await viewers.ConnectAsync(gateway, reads: i < readers, limit.Token);
            }

            return viewers;
        }
        catch
        {
            await viewers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sockets.ForEach(static socket => socket.Dispose());
        _stop.Dispose();
    }

    private async Task ConnectAsync(Uri gateway, bool reads, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        _sockets.Add(socket);
        await socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/observability/ws" }.Uri, cancellationToken);
        if (reads)
        {
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _reading.Add(ReadAsync(socket, told));
            await told.Task.WaitAsync(cancellationToken);
        }
    }

    private async Task ReadAsync(ClientWebSocket socket, TaskCompletionSource told)
    {
        var buffer = new byte[32 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The feed was closed: {socket.CloseStatusDescription}");
            }

            if (part.EndOfMessage)
            {
                Interlocked.Increment(ref _messages);
                told.TrySetResult();
            }
        }
    }
}
