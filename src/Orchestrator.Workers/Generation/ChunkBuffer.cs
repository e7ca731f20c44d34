using System.Text;
using Orchestrator.Runtime.Execution;

namespace Orchestrator.Workers.Generation;

/// <summary>Gathers the pieces of a stream, often a word or less, into chunks that are worth an event: at most ten a second, and none late.</summary>
internal sealed class ChunkBuffer : IDisposable
{
    private const int FullAt = 2_000;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly IAttemptReporter _reporter;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public ChunkBuffer(IAttemptReporter reporter, TimeProvider time)
    {
        _reporter = reporter;
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Append(string piece)
    {
        lock (_lock)
        {
            if (_text.Length == 0)
            {
                _timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }

            _text.Append(piece);
            if (_text.Length >= FullAt)
            {
                FlushNeedsLock();
            }
        }
    }

    public void Flush()
    {
        lock (_lock)
        {
            FlushNeedsLock();
        }
    }

    /// <summary>Hands on what is left.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }

    private void FlushNeedsLock()
    {
        // The second half of a character may be in the next piece.
        var length = _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.Length - 1 : _text.Length;
        if (length > 0)
        {
            _reporter.AppendChunk(_text.ToString(0, length));
            _text.Remove(0, length);
        }
    }
}
