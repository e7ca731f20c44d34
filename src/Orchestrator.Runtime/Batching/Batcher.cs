using Microsoft.Extensions.Logging;
using Orchestrator.Storage;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Batching;

/// <summary>
/// Group commit: while one flush runs, what arrives waits and goes into the next one. Nothing is delayed on purpose, so a
/// lone item is written at once and a crowd is written together.
/// </summary>
public sealed partial class Batcher<TItem, TResult> : IAsyncDisposable
{
    private readonly BatcherOptions _options;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> _flush;
    private readonly Func<TItem, int> _weigh;
    private readonly TimeProvider _timeProvider;
    private readonly BatchInstruments _instruments;
    private readonly ILogger _logger;

    private readonly Lock _lock = new();
    private readonly Queue<BatchEntry<TItem, TResult>> _queue = new();
    private readonly Queue<BatchEntry<TItem, TResult>> _waitingForRoom = new();
    private readonly BatchSize _size;
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _queuedWeight;
    private long _weightInFlight;
    private int _activeFlushers;
    private bool _completing;

    /// <param name="flush">Writes a batch whole and answers in its order.</param>
    /// <param name="weigh">The weight of an item, at least 1; null when each weighs 1.</param>
    public Batcher(
        BatcherOptions options,
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> flush,
        Func<TItem, int>? weigh,
        TimeProvider timeProvider,
        BatchInstruments instruments,
        ILogger logger)
    {
        _options = options;
        _flush = flush;
        _weigh = weigh ?? (static _ => 1);
        _timeProvider = timeProvider;
        _instruments = instruments;
        _logger = logger;
        _size = new BatchSize(options.MaxBatch);
        instruments.OnKindKnown(options.Kind);
    }

    /// <summary>
    /// Queues an item and answers with its result. Throws <see cref="StoreUnavailableException"/> at once when the queue is
    /// full or closed, later when the store cannot write it. Cancelling gives up the wait, not a flush that has begun.
    /// </summary>
    public Task<TResult> SubmitAsync(TItem item, CancellationToken cancellationToken)
    {
        var entry = NewEntry(item);
        lock (_lock)
        {
            if (_completing)
            {
                return Task.FromException<TResult>(Closed());
            }

            if (!HasRoomNeedsLock(entry.Weight))
            {
                _instruments.OnRefused(_options.Kind);
                return Task.FromException<TResult>(new StoreUnavailableException($"The queue of {_options.Kind} is full."));
            }

            EnqueueNeedsLock(entry);
        }

        return AnswerAsync(entry, cancellationToken);
    }

    /// <summary>As <see cref="SubmitAsync"/>, but waits for room, first come first served, when the queue is full.</summary>
    public Task<TResult> SubmitWhenRoomAsync(TItem item, CancellationToken cancellationToken)
    {
        var entry = NewEntry(item);
        lock (_lock)
        {
            if (_completing)
            {
                return Task.FromException<TResult>(Closed());
            }

            if (_waitingForRoom.Count > 0 || !HasRoomNeedsLock(entry.Weight))
            {
                _waitingForRoom.Enqueue(entry);
            }
            else
            {
                EnqueueNeedsLock(entry);
            }
        }

        return AnswerAsync(entry, cancellationToken);
    }

    /// <summary>Refuses new items, writes what is queued and returns when all of it is answered; cancelling fails the rest.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _completing = true;
            if (_activeFlushers == 0)
            {
                _idle.TrySetResult();
            }
        }

        await using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _abort).ConfigureAwait(false);
        await _idle.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await CompleteAsync(CancellationToken.None).ConfigureAwait(false);
        _abort.Dispose();
    }

    private static async Task<TResult> AnswerAsync(BatchEntry<TItem, TResult> entry, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await entry.Task.ConfigureAwait(false);
        }

        try
        {
            return await entry.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            entry.Abandon();
            throw;
        }
    }

    private BatchEntry<TItem, TResult> NewEntry(TItem item) => new(item, Math.Max(1, _weigh(item)));

    private StoreUnavailableException Closed() => new($"The queue of {_options.Kind} is closed.");

    /// <summary>An item heavier than the whole queue is taken when it is alone.</summary>
    private bool HasRoomNeedsLock(int weight) => _queuedWeight == 0 || _queuedWeight + (long)weight <= _options.Capacity;

    private void EnqueueNeedsLock(BatchEntry<TItem, TResult> entry)
    {
        _queue.Enqueue(entry);
        _queuedWeight += entry.Weight;
        if (_activeFlushers == 0 || (_activeFlushers < _options.Flushers && IsCrowdedNeedsLock()))
        {
            _activeFlushers++;
            _ = Task.Run(FlushUntilEmptyAsync);
        }
    }

    private async Task FlushUntilEmptyAsync()
    {
        while (TakeBatch() is { } batch)
        {
            await FlushAsync(batch).ConfigureAwait(false);
            lock (_lock)
            {
                _weightInFlight -= WeightOf(batch);
            }
        }
    }

    /// <summary>Whether so much waits or is being written that a light item should not wait behind it.</summary>
    private bool IsCrowdedNeedsLock() => _queuedWeight + _weightInFlight >= _options.ExtraFlusherAt;

    private static long WeightOf(List<BatchEntry<TItem, TResult>> batch) => batch.Sum(static entry => (long)entry.Weight);

    private List<BatchEntry<TItem, TResult>>? TakeBatch()
    {
        lock (_lock)
        {
            var isNeeded = _activeFlushers == 1 || IsCrowdedNeedsLock();
            if (isNeeded && TakeEntriesNeedsLock() is { Count: > 0 } batch)
            {
                _weightInFlight += WeightOf(batch);
                return batch;
            }

            if (--_activeFlushers == 0 && _completing)
            {
                _idle.TrySetResult();
            }

            return null;
        }
    }

    private List<BatchEntry<TItem, TResult>> TakeEntriesNeedsLock()
    {
        var batch = new List<BatchEntry<TItem, TResult>>(Math.Min(_queue.Count, _size.Current));
        long weight = 0;
        while (_queue.TryPeek(out var entry))
        {
            if (batch.Count > 0 && weight + entry.Weight > _size.Current)
            {
                break;
            }

            _queue.Dequeue();
            _queuedWeight -= entry.Weight;
            AdmitWaitingNeedsLock();
            if (entry.IsAbandoned)
            {
                entry.TrySetCanceled();
                continue;
            }

            weight += entry.Weight;
            batch.Add(entry);
        }

        return batch;
    }

    private void AdmitWaitingNeedsLock()
    {
        while (_waitingForRoom.TryPeek(out var entry) && HasRoomNeedsLock(entry.Weight))
        {
            _waitingForRoom.Dequeue();
            EnqueueNeedsLock(entry);
        }
    }

    private async Task FlushAsync(List<BatchEntry<TItem, TResult>> batch)
    {
        var started = _timeProvider.GetTimestamp();
        try
        {
            var results = await _flush(batch.ConvertAll(static entry => entry.Item), _abort.Token).ConfigureAwait(false);
            if (results.Count != batch.Count)
            {
                throw new InvalidOperationException($"A flush of {batch.Count} {_options.Kind} answered {results.Count}.");
            }

            _instruments.OnFlushed(_options.Kind, batch.Count, _timeProvider.GetElapsedTime(started));
            Resize(succeeded: true);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].TrySetResult(results[i]);
            }
        }
        catch (StoreUnavailableException exception)
        {
            FailAll(batch, exception);
        }
        catch (OperationCanceledException exception) when (_abort.IsCancellationRequested)
        {
            FailAll(batch, new StoreUnavailableException($"The writing of {_options.Kind} was stopped.", exception));
        }
        catch (Exception exception) when (batch.Count > 1)
        {
            LogSplitting(exception, _options.Kind, batch.Count);
            _instruments.OnFlushFailed(_options.Kind);
            var half = batch.Count / 2;
            await FlushAsync(batch[..half]).ConfigureAwait(false);
            await FlushAsync(batch[half..]).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _instruments.OnFlushFailed(_options.Kind);
            batch[0].Fail(exception);
        }
    }

    private void FailAll(List<BatchEntry<TItem, TResult>> batch, StoreUnavailableException exception)
    {
        LogUnavailable(exception, _options.Kind, batch.Count);
        _instruments.OnFlushFailed(_options.Kind);
        Resize(succeeded: false);
        foreach (var entry in batch)
        {
            entry.Fail(exception);
        }
    }

    private void Resize(bool succeeded)
    {
        lock (_lock)
        {
            if (succeeded)
            {
                _size.OnSuccess();
            }
            else
            {
                _size.OnFailure();
            }
        }
    }
}
