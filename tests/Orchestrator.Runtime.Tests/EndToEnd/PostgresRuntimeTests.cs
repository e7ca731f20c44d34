using System.Globalization;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Options;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

[OnPostgres]
public sealed class PostgresRuntimeTests : RuntimeTests
{
    private PostgresTestStore? _store;

    private protected override IStore Store => _store!.Store;

    public override async Task InitializeAsync() => _store = await PostgresTestStore.CreateWithRunningClockAsync();

    public override async Task DisposeAsync() => await _store!.DisposeAsync();

    [StoreFact]
    public async Task Submit_ThroughAGateway_IsSharedByTwoSilos()
    {
        var working = new FakeExecutor(async (_, token) =>
        {
            await Task.Delay(20, token);
            return FakeExecutor.Success();
        });
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var first = await Node.StartAsync(_store.OpenAnother(), workers: ("work", working));
        await using var second = await Node.StartAsync(_store.OpenAnother(), workers: ("work", working));

        var ids = await gateway.SubmitAsync("default", [.. Enumerable.Range(0, 200).Select(_ => gateway.NewTask())]);
        var ended = await Task.WhenAll(ids.Select(gateway.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal((TaskState.Completed, 1), (task.State, task.Attempt)));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Submit_ThroughAGateway_WakesAnIdleSiloLongBeforeItsPoll()
    {
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var silo = await Node.StartAsync(
            _store.OpenAnother(), polling: options => options.HighInterval = TimeSpan.FromMinutes(5), workers: ("work", Instant));
        await gateway.WaitForEndAsync(Assert.Single(await gateway.SubmitAsync("default", gateway.NewTask())));

        for (var i = 0; i < 5; i++)
        {
            var id = Assert.Single(await gateway.SubmitAsync("default", gateway.NewTask()));
            Assert.Equal(TaskState.Completed, (await gateway.WaitForEndAsync(id)).State);
        }
    }

    [StoreFact]
    public async Task Notifications_AllLost_EveryTierFindsItsTasksByPolling()
    {
        static void Fast(PollingOptions options)
        {
            options.HighInterval = TimeSpan.FromMilliseconds(50);
            options.NormalInterval = TimeSpan.FromMilliseconds(150);
            options.LowInterval = TimeSpan.FromMilliseconds(600);
            options.LowAfter = TimeSpan.FromSeconds(1);
        }

        await using var gateway = await Node.StartAsync(new DeafStore(_store!.OpenAnother()), silo: false);
        await using var first = await Node.StartAsync(new DeafStore(_store.OpenAnother()), polling: Fast, workers: ("work", Instant));
        await using var second = await Node.StartAsync(new DeafStore(_store.OpenAnother()), polling: Fast, workers: ("work", Instant));
        var ids = await gateway.SubmitAsync("default", [.. Enumerable.Range(0, 50).Select(_ => gateway.NewTask())]);
        Assert.All(await Task.WhenAll(ids.Select(gateway.WaitForEndAsync)), task => Assert.Equal(TaskState.Completed, task.State));

        await Wait.UntilAsync(() => _store.Store.Activity.FindTierAsync(TimeSpan.FromSeconds(1), CancellationToken.None).GetAwaiter().GetResult() == PollingTier.Low);
        var late = Assert.Single(await gateway.SubmitAsync("default", gateway.NewTask() with { Score = PriorityHint.High }));
        Assert.Equal(TaskState.Completed, (await gateway.WaitForEndAsync(late)).State);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Cancel_ThroughAGateway_StopsTheWorkerBeforeItsHeartbeat()
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        var waiting = new FakeExecutor(async (_, token) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopped.TrySetResult();
            return FakeExecutor.Success();
        });
        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var silo = await Node.StartAsync(_store.OpenAnother(), workers: ("work", waiting));
        var id = Assert.Single(await gateway.SubmitAsync("default", gateway.NewTask()));
        await started.Task.Soon();

        Assert.IsType<CancelResult.Done>(await gateway.CancelAsync(id));

        // Heartbeats come every 5 s, so only the hint can be this fast.
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(TaskState.Cancelled, (await gateway.FindAsync(id)).State);
    }

    [StoreFact]
    public async Task Connections_CutOverAndOver_EverythingStillCompletes()
    {
        var working = new FakeExecutor(async (_, token) =>
        {
            await Task.Delay(10, token);
            return FakeExecutor.Success();
        });
        static void Short(LeaseOptions leases)
        {
            leases.Duration = TimeSpan.FromSeconds(2);
            leases.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        }

        await using var gateway = await Node.StartAsync(_store!.OpenAnother(), silo: false);
        await using var first = await Node.StartAsync(_store.OpenAnother(), leases: Short, workers: ("work", working));
        await using var second = await Node.StartAsync(_store.OpenAnother(), leases: Short, workers: ("work", working));
        var ids = await gateway.SubmitAsync("default", [.. Enumerable.Range(0, 600).Select(_ => gateway.NewTask() with { MaxAttempts = 50 })]);

        var cut = 0L;
        for (var i = 0; i < 10; i++)
        {
            var ended = await _store.QuerySqlAsync(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = current_database() AND pid <> pg_backend_pid()");
            cut += long.Parse(ended[0].Trim('(', ')'), CultureInfo.InvariantCulture);
            await Task.Delay(100);
        }

        var tasks = await Task.WhenAll(ids.Select(gateway.WaitForEndAsync));
        Assert.InRange(cut, 10, long.MaxValue);
        Assert.All(tasks, task => Assert.Equal(TaskState.Completed, task.State));
        // Another view, because the pooled connections of this test's own store were cut as well.
        Assert.Empty(await _store.OpenAnother().Invariants.CheckAsync(CancellationToken.None));
    }
}
