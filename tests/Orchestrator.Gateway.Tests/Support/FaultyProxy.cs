using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Gateway.Tests.Support;

/// <summary>Stands between a client and a gateway, byte for byte, and breaks what the test says.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _answersToDrop;
    private int _dropped;
    private int _connections;

    public FaultyProxy(Uri upstream)
    {
        Upstream = upstream;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public Uri Upstream { get; set; }

    /// <summary>Closes connections as soon as they are made, as one whose gateway is away.</summary>
    public bool IsDown { get; set; }

    /// <summary>After so many bytes of answers a connection is cut.</summary>
    public int CutAfter { get; set; } = int.MaxValue;

    /// <summary>How many answers were thrown away.</summary>
    public int Dropped => _dropped;

    public int Connections => _connections;

    /// <summary>Has the next answers thrown away, after the gateway has given them, with their connections.</summary>
    public void DropAnswers(int count) => Volatile.Write(ref _answersToDrop, count);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var upstream = new TcpClient();
        using (client)
        {
            // A reset, so that nothing that was cut looks like an end.
            client.LingerState = new LingerOption(true, 0);
            try
            {
                if (IsDown)
                {
                    return;
                }

                await upstream.ConnectAsync(Upstream.Host, Upstream.Port, _stopping.Token);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                var asked = client.GetStream().CopyToAsync(upstream.GetStream(), either.Token);
                var answered = AnswerAsync(upstream.GetStream(), client.GetStream(), either.Token);
                await Task.WhenAny(asked, answered);
                await either.CancelAsync();
                await Task.WhenAll(asked, answered);
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
            {
                // One side went away; so does the other.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var passed = 0;
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (IsDown)
            {
                return;
            }

            if (Interlocked.Decrement(ref _answersToDrop) >= 0)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, Math.Clamp(CutAfter - passed, 0, read)), cancellationToken);
            passed += read;
            if (passed >= CutAfter)
            {
                // What was written must arrive before the reset.
                to.Socket.LingerState = new LingerOption(false, 0);
                to.Socket.Shutdown(SocketShutdown.Send);
                return;
            }
        }
    }
}
