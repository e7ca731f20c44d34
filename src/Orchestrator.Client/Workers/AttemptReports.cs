using System.Threading.Channels;
using Orchestrator.Client.Leases;
using Orchestrator.Contracts.Leases;

namespace Orchestrator.Client.Workers;

/// <summary>Gathers what a handler reports and sends it in order, a few times a second. Reports are hints: one that cannot be sent fails nothing.</summary>
internal sealed class AttemptReports(LeaseClient leases, Guid token, TimeProvider time, Action<string, Exception?> report)
{
    private const int MaxChunkLength = 16 * 1024;
    private const int MaxChunks = 100;
    private const int MaxWaitingLength = 1024 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<string> _chunks = new();
    private readonly Channel<bool> _something = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _room = Completed();
    private ProgressRequest? _progress;
    private int _length;

    public void Report(double fraction, string? message)
    {
        lock (_gate)
        {
            _progress = new ProgressRequest { Fraction = Math.Clamp(double.IsNaN(fraction) ? 0 : fraction, 0, 1), Message = message };
        }

        _something.Writer.TryWrite(true);
    }

    public async ValueTask AppendAsync(string chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        Task room;
        lock (_gate)
        {
            foreach (var piece in Pieces(chunk))
            {
                _chunks.Enqueue(piece);
            }

            _length += chunk.Length;
            if (_length > MaxWaitingLength && _room.Task.IsCompleted)
            {
                _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            room = _room.Task;
        }

        _something.Writer.TryWrite(true);
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends until <see cref="Finish"/>, and then what is left.</summary>
    public async Task SendAsync(CancellationToken held)
    {
        try
        {
            while (!_finished.Task.IsCompleted)
            {
                await Task.WhenAny(_something.Reader.ReadAsync(held).AsTask(), _finished.Task).ConfigureAwait(false);
                await Task.WhenAny(Task.Delay(Interval, time, held), _finished.Task).ConfigureAwait(false);
                await SendAllAsync(held).ConfigureAwait(false);
            }

            await SendAllAsync(held).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Nobody takes reports of an attempt that has lost its lease.
        }
        finally
        {
            lock (_gate)
            {
                _room.TrySetResult();
            }
        }
    }

    /// <summary>Nothing more will be reported.</summary>
    public void Finish() => _finished.TrySetResult();

    private async Task SendAllAsync(CancellationToken held)
    {
        held.ThrowIfCancellationRequested();
        while (TakeChunks() is { Count: > 0 } chunks)
        {
            await SendAsync(() => leases.AppendAsync(token, chunks, held)).ConfigureAwait(false);
        }

        ProgressRequest? progress;
        lock (_gate)
        {
            (progress, _progress) = (_progress, null);
        }

        if (progress is not null)
        {
            await SendAsync(() => leases.ProgressAsync(token, progress.Fraction, progress.Message, held)).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send().ConfigureAwait(false);
        }
        catch (OrchestratorException refusal)
        {
            report("A report was not taken.", refusal);
        }
    }

    private List<string> TakeChunks()
    {
        lock (_gate)
        {
            var taken = new List<string>();
            while (taken.Count < MaxChunks && _chunks.TryDequeue(out var chunk))
            {
                taken.Add(chunk);
                _length -= chunk.Length;
            }

            if (_length <= MaxWaitingLength)
            {
                _room.TrySetResult();
            }

            return taken;
        }
    }

    private static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(MaxChunkLength, text.Length - start);
            if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
            {
                length--;
            }

            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
