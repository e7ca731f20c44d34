using System.Buffers;
using System.IO.Pipelines;

namespace Orchestrator.Workers.Pool;

/// <summary>Reads lines as bytes, and never holds more than one line of the longest allowed length.</summary>
internal sealed class JsonLineReader(Stream stream, int maxLineBytes)
{
    private const byte LineFeed = (byte)'\n';

    private readonly PipeReader _reader = PipeReader.Create(
        stream,
        new StreamPipeReaderOptions(bufferSize: 32 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true));

    // How much of the unread bytes is known to hold no line feed, so that a long line is not searched again with every piece of it.
    private long _searched;

    /// <summary>Hands each line, without its line feed, to <paramref name="onLine"/> until the stream ends. The bytes are the callee's only during the call.</summary>
    /// <exception cref="PoolProtocolException">A line is too long, or the stream ended within one.</exception>
    public async Task ReadAllAsync(Action<ReadOnlySequence<byte>> onLine, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var buffer = read.Buffer;
                while (TryTakeLine(ref buffer, out var line))
                {
                    onLine(line);
                }

                if (buffer.Length > maxLineBytes)
                {
                    throw TooLong();
                }

                _reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    if (buffer.Length > 0)
                    {
                        throw new PoolProtocolException("ended in the middle of a line");
                    }

                    return;
                }
            }
        }
        finally
        {
            await _reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var rest = buffer.Slice(_searched);
        if (rest.PositionOf(LineFeed) is not { } end)
        {
            _searched = buffer.Length;
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        if (line.Length > maxLineBytes)
        {
            throw TooLong();
        }

        buffer = buffer.Slice(buffer.GetPosition(1, end));
        _searched = 0;
        return true;
    }

    private PoolProtocolException TooLong() => new($"wrote a line of more than {maxLineBytes} bytes");
}
