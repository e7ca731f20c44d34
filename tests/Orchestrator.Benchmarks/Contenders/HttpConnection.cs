using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends prepared requests one at a time. It blocks its thread and looks at little
/// more than the status line, because the load shares the machine with what it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[256 * 1024];

    public HttpConnection(Uri server)
    {
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));
    }

    /// <summary>The bytes of a POST of JSON.</summary>
    public static byte[] Post(string path, string body) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    /// <summary>Sends a request, takes the whole answer and fails when it is not a 202.</summary>
    public void Submit(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[_socket.Send(request)..];
        }

        var length = 0;
        do
        {
            var read = length < _answer.Length ? _socket.Receive(_answer.AsSpan(length)) : 0;
            length += read > 0 ? read : throw new InvalidOperationException($"No whole answer came: {Encoding.UTF8.GetString(_answer, 0, length)}");
        }
        while (!IsWhole(_answer.AsSpan(0, length)));

        if (!_answer.AsSpan(0, length).StartsWith("HTTP/1.1 202 "u8))
        {
            throw new InvalidOperationException($"A submission was answered with {Encoding.UTF8.GetString(_answer, 0, length)}");
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var field = "Content-Length: "u8;
        var start = answer[..head].IndexOf(field);
        return start < 0
            ? answer.EndsWith("\r\n0\r\n\r\n"u8)
            : answer.Length == head + 4 + int.Parse(DigitsAt(answer[(start + field.Length)..]), CultureInfo.InvariantCulture);
    }

    private static ReadOnlySpan<byte> DigitsAt(ReadOnlySpan<byte> text) => text[..text.IndexOf((byte)'\r')];
}
