using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Leases;

namespace Orchestrator.Runtime.Tests.Execution;

public sealed class AttemptReporterTests : IAsyncLifetime
{
    private readonly Parts _parts = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _parts.DisposeAsync();

    [Fact]
    public async Task AppendChunk_ManyPieces_AreWrittenInOrderBeforeTheEnd()
    {
        var writtenBeforeEnd = 0;
        _parts.Leases.OnSettle = _ =>
        {
            writtenBeforeEnd = _parts.Leases.Appended.Count;
            return SettlementResult.Accepted;
        };

        await RunAsync(reporter =>
        {
            for (var i = 0; i < 500; i++)
            {
                reporter.AppendChunk($"{i} ");
            }
        });

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i} "), _parts.Leases.Appended.Cast<AttemptEvent.Chunk>().Select(chunk => chunk.Text));
        Assert.Equal(500, writtenBeforeEnd);
    }

    [Fact]
    public async Task AppendChunk_LongPiece_IsSplitOutsideSurrogatePairs()
    {
        var text = new string('x', TaskLimits.MaxChunkLength - 1) + "😀" + new string('y', 10);

        await RunAsync(reporter => reporter.AppendChunk(text));

        var chunks = _parts.Leases.Appended.Cast<AttemptEvent.Chunk>().Select(chunk => chunk.Text).ToList();
        Assert.Equal(2, chunks.Count);
        Assert.Equal(text, string.Concat(chunks));
        Assert.StartsWith("😀", chunks[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendChunk_NulAndLoneSurrogate_AreReplaced()
    {
        await RunAsync(reporter => reporter.AppendChunk("a\0b\ud800c😀"));

        Assert.Equal("a\uFFFDb\uFFFDc😀", Assert.IsType<AttemptEvent.Chunk>(Assert.Single(_parts.Leases.Appended)).Text);
    }

    [Fact]
    public async Task ReportProgress_WhileAWriteRuns_KeepsOnlyTheNewest()
    {
        using var entered = new SemaphoreSlim(0);
        using var proceed = new SemaphoreSlim(0);
        _parts.Leases.OnAppend = _ =>
        {
            entered.Release();
            Assert.True(proceed.Wait(Wait.Limit));
            return SettlementResult.Accepted;
        };

        await RunAsync(reporter =>
        {
            reporter.ReportProgress(0, "begin");
            Assert.True(entered.Wait(Wait.Limit));
            for (var i = 1; i <= 100; i++)
            {
                reporter.ReportProgress(i / 50.0, null);
            }

            proceed.Release(2);
        });

        Assert.Equal([0.0, 1.0], _parts.Leases.Appended.Cast<AttemptEvent.Progress>().Select(progress => progress.Fraction));
    }

    [Fact]
    public async Task AppendChunk_LeaseLost_StopsTheAttempt()
    {
        _parts.Leases.OnAppend = static _ => SettlementResult.LeaseLost;
        var attempt = _parts.Open(new FakeExecutor(async (context, token) =>
        {
            context.Reporter.AppendChunk("late");
            await Task.Delay(Timeout.Infinite, token);
            return FakeExecutor.Success();
        }));

        await _parts.Runner.RunAsync(attempt).Soon();

        Assert.Equal(StopReason.LeaseLost, attempt.End());
        Assert.Empty(_parts.Leases.Settled);
    }

    [Fact]
    public async Task AppendChunk_StoreAway_DoesNotFailTheAttempt()
    {
        _parts.Leases.OnAppend = static _ => throw new StoreUnavailableException();

        await RunAsync(reporter => reporter.AppendChunk("lost"));

        Assert.IsType<AttemptOutcome.Completed>(Assert.Single(_parts.Leases.Settled).Outcome);
    }

    private Task RunAsync(Action<IAttemptReporter> report) => _parts.Runner.RunAsync(_parts.Open(new FakeExecutor((context, _) =>
    {
        report(context.Reporter);
        return Task.FromResult(FakeExecutor.Success());
    }))).Soon();
}
