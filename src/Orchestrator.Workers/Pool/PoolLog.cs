using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Workers.Pool;

/// <summary>Passes a process's standard error on to the log: always read, so that it never blocks the process, and bounded in both line length and lines a second.</summary>
internal sealed partial class PoolLog(Stream stream, int processId, string worker, Func<PoolRequest?> latest, TimeProvider time, ILogger logger)
{
    public const int MaxLineBytes = 8 * 1024;
    public const int MaxLinesPerSecond = 100;

    private const int MaxLastLine = 300;

    private readonly byte[] _line = new byte[MaxLineBytes];
    private int _length;
    private long _window = time.GetTimestamp();
    private int _lines;
    private long _dropped;

    /// <summary>The last line that was not empty, cut to a length fit for a message.</summary>
    public string? LastLine { get; private set; }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            LogClosed(logger, processId, worker, exception.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            EndLine();
            ReportDropped();
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            var kept = piece[..Math.Min(piece.Length, MaxLineBytes - _length)];
            kept.CopyTo(_line.AsSpan(_length));
            _length += kept.Length;
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length).TrimEnd("\r \t"u8);
        _length = 0;
        if (line.IsEmpty)
        {
            return;
        }

        if (time.GetElapsedTime(_window) >= TimeSpan.FromSeconds(1))
        {
            ReportDropped();
            _window = time.GetTimestamp();
            _lines = 0;
        }

        var text = Encoding.UTF8.GetString(line);
        LastLine = text.Length <= MaxLastLine ? text : text[..MaxLastLine];
        if (++_lines <= MaxLinesPerSecond)
        {
            Write(text);
        }
        else
        {
            _dropped++;
        }
    }

    /// <summary>A process has one attempt at a time, so what it says is said of that.</summary>
    private void Write(string text)
    {
        if (latest() is { } request)
        {
            request.InItsContext(() => LogLine(logger, processId, worker, text));
        }
        else
        {
            LogLine(logger, processId, worker, text);
        }
    }

    private void ReportDropped()
    {
        if (_dropped > 0)
        {
            LogDropped(logger, processId, worker, _dropped);
            _dropped = 0;
        }
    }

    [LoggerMessage(4021, LogLevel.Information, "Worker process {ProcessId} ({Worker}): {Line}")]
    private static partial void LogLine(ILogger logger, int processId, string worker, string line);

    [LoggerMessage(4022, LogLevel.Warning, "Worker process {ProcessId} ({Worker}) wrote to standard error faster than is logged; {Lines} lines were left out.")]
    private static partial void LogDropped(ILogger logger, int processId, string worker, long lines);

    [LoggerMessage(4023, LogLevel.Debug, "Standard error of worker process {ProcessId} ({Worker}) was closed: {Reason}")]
    private static partial void LogClosed(ILogger logger, int processId, string worker, string reason);
}
