using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>
/// One keep-alive connection that submits, one request after another. It writes requests as bytes made beforehand, because
/// the load shares the machine with what it measures.
/// </summary>
internal sealed class HttpSubmitter : IDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();
    private static readonly byte[] LengthHeader = "Content-Length: "u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[512 * 1024];

    public void Dispose() => _socket.Dispose();

    /// <summary>Submits over as many connections until so many requests are answered.</summary>
    /// <param name="makeRequest">The request of a number from 0.</param>
    public static async Task RunAsync(Uri address, int connections, int requests, Func<int, byte[]> makeRequest)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var submitter = new HttpSubmitter();
            await submitter._socket.ConnectAsync(address.Host, address.Port);
            for (var i = Interlocked.Increment(ref next); i < requests; i = Interlocked.Increment(ref next))
            {
                await submitter.SendAsync(makeRequest(i));
            }
        })));
    }

    /// <summary>The request that submits tasks which take no time.</summary>
    public static byte[] Request(string workspace, int tasks)
    {
        const string Task = $$$"""{"action":"{{{OwnStore.Action}}}","input":{"latencyMs":0}}""";
        var body = tasks == 1 ? Task : $$"""{"tasks":[{{string.Join(',', Enumerable.Repeat(Task, tasks))}}]}""";
        var path = $"/api/v1/workspaces/{workspace}/tasks{(tasks == 1 ? string.Empty : "/batch")}";
        return Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Format.Setting(body.Length)}\r\n\r\n{body}");
    }

    /// <summary>Sends a request and waits for the whole answer, which must be 202.</summary>
    private async Task SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var read = 0;
        while (!IsWhole(_buffer.AsSpan(0, read)))
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(read));
            read += count > 0 ? count : throw new InvalidOperationException("The connection was closed.");
        }

        if (!_buffer.AsSpan(0, read).StartsWith("HTTP/1.1 202"u8))
        {
            throw new InvalidOperationException($"A submission was answered with {Encoding.UTF8.GetString(_buffer, 0, read)}");
        }
    }

    /// <summary>Whether the answer has come to its end, which its length tells or its last chunk.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(EndOfHead);
        if (head < 0)
        {
            return false;
        }

        var length = answer[..head].IndexOf(LengthHeader);
        return length >= 0 && Utf8Parser.TryParse(answer[(length + LengthHeader.Length)..], out int body, out _)
            ? answer.Length >= head + EndOfHead.Length + body
            : answer.EndsWith(LastChunk);
    }
}
