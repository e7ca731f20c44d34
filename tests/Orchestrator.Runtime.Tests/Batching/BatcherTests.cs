using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Batching;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Telemetry;

namespace Orchestrator.Runtime.Tests.Batching;

public sealed class BatcherTests : IDisposable
{
    private readonly OrchestratorMeter _meter = new();
    private readonly List<int[]> _flushed = [];
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _proceed = new(0);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task SubmitAsync_WhileAFlushRuns_GathersTheRestInOrder()
    {
        await using var batcher = Gated(capacity: 100, maxBatch: 100);
        var first = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        var rest = Enumerable.Range(2, 9).Select(item => batcher.SubmitAsync(item, CancellationToken.None)).ToArray();
        _proceed.Release(2);

        Assert.Equal(10, await first.Soon());
        Assert.Equal(Enumerable.Range(2, 9).Select(item => item * 10), await Task.WhenAll(rest).Soon());
        Assert.Equal([[1], [2, 3, 4, 5, 6, 7, 8, 9, 10]], _flushed);
    }

    [Fact]
    public async Task SubmitAsync_FullQueue_RefusesAtOnce()
    {
        await using var batcher = Gated(capacity: 2, maxBatch: 10);
        var first = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        var queued = new[] { batcher.SubmitAsync(2, CancellationToken.None), batcher.SubmitAsync(3, CancellationToken.None) };

        var refused = batcher.SubmitAsync(4, CancellationToken.None);

        Assert.True(refused.IsCompleted);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => refused);
        _proceed.Release(2);
        await Task.WhenAll([first, .. queued]).Soon();
    }

    [Fact]
    public async Task SubmitWhenRoomAsync_FullQueue_WaitsItsTurn()
    {
        await using var batcher = Gated(capacity: 1, maxBatch: 1);
        var items = Enumerable.Range(1, 5).Select(item => batcher.SubmitWhenRoomAsync(item, CancellationToken.None)).ToArray();
        _proceed.Release(5);

        await Task.WhenAll(items).Soon();

        Assert.Equal([1, 2, 3, 4, 5], _flushed.Select(batch => Assert.Single(batch)));
    }

    [Fact]
    public async Task SubmitAsync_HeavyItems_AreSplitByWeight()
    {
        await using var batcher = New(capacity: 100, maxBatch: 10, (items, _) => Answer(items, gate: true), weigh: item => item);
        var first = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        var rest = new[] { 6, 4, 30, 5 }.Select(item => batcher.SubmitAsync(item, CancellationToken.None)).ToArray();
        _proceed.Release(10);

        await Task.WhenAll([first, .. rest]).Soon();

        Assert.Equal([[1], [6, 4], [30], [5]], _flushed);
    }

    [Fact]
    public async Task SubmitAsync_OnePoisonousItem_FailsAlone()
    {
        await using var batcher = New(capacity: 100, maxBatch: 100, async (items, _) =>
        {
            var answers = await Answer(items, gate: items.Contains(-1));
            return items.Contains(13) ? throw new FormatException("poison") : answers;
        });
        var first = batcher.SubmitAsync(-1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        var items = Enumerable.Range(10, 8).ToDictionary(item => item, item => batcher.SubmitAsync(item, CancellationToken.None));
        _proceed.Release();

        await first.Soon();
        await Assert.ThrowsAsync<FormatException>(() => items[13].Soon());
        var answers = await Task.WhenAll(items.Where(item => item.Key != 13).Select(item => item.Value)).Soon();
        Assert.Equal([100, 110, 120, 140, 150, 160, 170], answers);
    }

    [Fact]
    public async Task SubmitAsync_StoreAway_FailsEveryItemWithoutSplitting()
    {
        var calls = 0;
        await using var batcher = New(capacity: 100, maxBatch: 100, async (items, _) =>
        {
            await Answer(items, gate: true);
            calls++;
            throw new StoreUnavailableException();
        });
        var first = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        var rest = Enumerable.Range(2, 4).Select(item => batcher.SubmitAsync(item, CancellationToken.None)).ToArray();
        _proceed.Release(2);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => first.Soon());
        foreach (var item in rest)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => item.Soon());
        }

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task SubmitAsync_CancelledWaiter_DoesNotTearItsFlush()
    {
        await using var batcher = Gated(capacity: 100, maxBatch: 100);
        using var cancellation = new CancellationTokenSource();
        var first = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        _proceed.Release();
        await first.Soon();
        var flushing = batcher.SubmitAsync(2, cancellation.Token);
        var companion = batcher.SubmitAsync(3, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing);
        _proceed.Release(2);

        Assert.Equal(30, await companion.Soon());
        Assert.Contains(2, _flushed.SelectMany(batch => batch));
    }

    [Fact]
    public async Task SubmitAsync_WaiterCancelledWhileQueued_IsNotWritten()
    {
        await using var batcher = Gated(capacity: 100, maxBatch: 100);
        using var cancellation = new CancellationTokenSource();
        var first = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);
        var given = batcher.SubmitAsync(2, cancellation.Token);
        var last = batcher.SubmitAsync(3, CancellationToken.None);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _proceed.Release(2);

        await Task.WhenAll(first, last).Soon();

        Assert.DoesNotContain(2, _flushed.SelectMany(batch => batch));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(8, 2)]
    public async Task SubmitAsync_SecondFlusher_IsPutToWorkOnlyForACrowd(int waiting, int expectedFlushes)
    {
        var options = new BatcherOptions("test", 100, 4, Flushers: 2) { ExtraFlusherAt = 8 };
        await using var batcher = New(options, (items, _) => Answer(items, gate: true));
        var first = batcher.SubmitAsync(0, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);

        var rest = Enumerable.Range(1, waiting).Select(item => batcher.SubmitAsync(item, CancellationToken.None)).ToArray();

        // The first flush is still held, so whatever enters now is the second flusher's.
        Assert.Equal(expectedFlushes == 2, await _entered.WaitAsync(expectedFlushes == 2 ? Wait.Limit : TimeSpan.FromMilliseconds(50)));
        _proceed.Release(10);
        await Task.WhenAll([first, .. rest]).Soon();
    }

    [Fact]
    public async Task CompleteAsync_QueuedItems_AreWrittenAndNewOnesRefused()
    {
        var batcher = Gated(capacity: 100, maxBatch: 1);
        var items = Enumerable.Range(1, 3).Select(item => batcher.SubmitAsync(item, CancellationToken.None)).ToArray();
        await _entered.WaitAsync(Wait.Limit);
        var completing = batcher.CompleteAsync(CancellationToken.None);
        Assert.False(completing.IsCompleted);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => batcher.SubmitAsync(9, CancellationToken.None));
        _proceed.Release(3);

        await completing.Soon();

        var answers = await Task.WhenAll(items);
        Assert.Equal([10, 20, 30], answers);
        await batcher.DisposeAsync();
    }

    [Fact]
    public async Task CompleteAsync_Cancelled_StopsTheFlushAndFailsItsItems()
    {
        var batcher = New(capacity: 10, maxBatch: 10, async (_, token) =>
        {
            _entered.Release();
            await Task.Delay(Timeout.Infinite, token);
            return [];
        });
        var item = batcher.SubmitAsync(1, CancellationToken.None);
        await _entered.WaitAsync(Wait.Limit);

        await batcher.CompleteAsync(new CancellationToken(canceled: true)).Soon();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => item.Soon());
        await batcher.DisposeAsync();
    }

    [Fact]
    public void BatchSize_RepeatedFailures_ShrinksAndGrowsBack()
    {
        var size = new BatchSize(1_000);
        size.OnFailure();
        Assert.Equal(1_000, size.Current);
        size.OnFailure();
        size.OnFailure();
        Assert.Equal(250, size.Current);
        for (var i = 0; i < 20; i++)
        {
            size.OnFailure();
        }

        Assert.InRange(size.Current, 1, 20);
        for (var i = 0; i < 6; i++)
        {
            size.OnSuccess();
        }

        Assert.Equal(1_000, size.Current);
    }

    private Batcher<int, int> Gated(int capacity, int maxBatch) => New(capacity, maxBatch, (items, _) => Answer(items, gate: true));

    private Batcher<int, int> New(int capacity, int maxBatch, Func<IReadOnlyList<int>, CancellationToken, Task<IReadOnlyList<int>>> flush, Func<int, int>? weigh = null) =>
        New(new BatcherOptions("test", capacity, maxBatch), flush, weigh);

    private Batcher<int, int> New(BatcherOptions options, Func<IReadOnlyList<int>, CancellationToken, Task<IReadOnlyList<int>>> flush, Func<int, int>? weigh = null) =>
        new(options, flush, weigh, TimeProvider.System, new BatchInstruments(_meter), NullLogger.Instance);

    private async Task<IReadOnlyList<int>> Answer(IReadOnlyList<int> items, bool gate)
    {
        if (gate)
        {
            _entered.Release();
            Assert.True(await _proceed.WaitAsync(Wait.Limit));
        }

        lock (_flushed)
        {
            _flushed.Add([.. items]);
        }

        return [.. items.Select(item => item * 10)];
    }
}
