using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Runtime.Signals;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Runtime.Watching;
using Orchestrator.Storage;
using Orchestrator.TestKit;

namespace Orchestrator.Runtime.Tests.Watching;

public sealed class TaskWatcherTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeTaskReader _reader = new();
    private readonly SignalHub _hub;
    private readonly TaskWatcher _watcher;

    public TaskWatcherTests()
    {
        _hub = new SignalHub(new FakeTransport(reachesOthers: true), _time);
        _watcher = new TaskWatcher(_reader, _hub, _time, NullLogger<TaskWatcher>.Instance);
    }

    public Task InitializeAsync() => _watcher.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _watcher.StopAsync(CancellationToken.None);
        _watcher.Dispose();
    }

    [Fact]
    public async Task WaitForEndAsync_TaskThatHasEnded_AnswersWithoutASignal()
    {
        var id = Guid.CreateVersion7();
        _reader.EndedTasks[id] = true;

        Assert.True(await _watcher.WaitForEndAsync(id, TimeSpan.FromHours(1), CancellationToken.None).Soon());
    }

    [Fact]
    public async Task WaitForEndAsync_EndWrittenHere_CompletesWithoutAsking()
    {
        var id = Guid.CreateVersion7();
        var waiting = await BeginAsync(id);
        var queries = _reader.Queries;

        _hub.SignalEnded([id]);

        Assert.True(await waiting.Soon());
        Assert.Equal(queries, _reader.Queries);
    }

    [Fact]
    public async Task WaitForEndAsync_HintOfAnotherProcess_AsksAndCompletes()
    {
        var id = Guid.CreateVersion7();
        var waiting = await BeginAsync(id);
        _reader.EndedTasks[id] = true;

        _hub.Receive(new ClusterHint(false, false, false, new TaskHashes([TaskHash.Of(id)], false), TaskHashes.None));

        Assert.True(await waiting.Soon());
    }

    [Fact]
    public async Task WaitForEndAsync_EveryNotificationLost_AnswersThroughThePoll()
    {
        var id = Guid.CreateVersion7();
        var waiting = await BeginAsync(id);
        _reader.EndedTasks[id] = true;

        while (!waiting.IsCompleted)
        {
            _time.Advance(TaskWatcher.PollInterval);
            await Task.WhenAny(waiting, Task.Delay(5)).Soon();
        }

        Assert.True(await waiting);
    }

    [Fact]
    public async Task WaitForEndAsync_TimePasses_AnswersFalse()
    {
        var waiting = await BeginAsync(Guid.CreateVersion7(), TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.False(await waiting.Soon());
    }

    [Fact]
    public async Task WaitForEndAsync_TenThousandWaiters_ShareAHandfulOfQueries()
    {
        var gate = new TaskCompletionSource();
        _reader.BeforeAnswer = () => gate.Task;
        var ids = Enumerable.Range(0, 10_000).Select(_ => Guid.CreateVersion7()).ToArray();
        var waiting = ids.Select(id => _watcher.WaitForEndAsync(id, TimeSpan.FromHours(1), CancellationToken.None)).ToArray();
        gate.SetResult();
        foreach (var id in ids)
        {
            _reader.EndedTasks[id] = true;
        }

        _hub.Receive(ClusterHint.Everything);

        Assert.All(await Task.WhenAll(waiting).Soon(), Assert.True);
        Assert.InRange(_reader.Queries, 1, 20);
    }

    [Fact]
    public async Task WaitForEndAsync_StoreAwayForAWhile_AnswersOnceItIsBack()
    {
        var id = Guid.CreateVersion7();
        _reader.EndedTasks[id] = true;
        var failures = 2;
        _reader.BeforeAnswer = () => failures-- > 0 ? throw new StoreUnavailableException() : Task.CompletedTask;
        var waiting = _watcher.WaitForEndAsync(id, TimeSpan.FromHours(1), CancellationToken.None);

        while (!waiting.IsCompleted)
        {
            _time.Advance(TaskWatcher.PollInterval);
            await Task.WhenAny(waiting, Task.Delay(5)).Soon();
        }

        Assert.True(await waiting);
        Assert.True(failures < 0);
    }

    [Fact]
    public async Task Subscribe_NewsBeforeTheWait_CompletesIt()
    {
        var id = Guid.CreateVersion7();
        using var subscription = _watcher.Subscribe(id);

        _hub.SignalChanged([id]);

        await subscription.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None).Soon();
    }

    [Fact]
    public async Task Subscribe_NewsOfAnotherTask_LeavesItWaiting()
    {
        var id = Guid.CreateVersion7();
        using var subscription = _watcher.Subscribe(id);
        var waiting = subscription.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);

        _hub.SignalChanged([Guid.CreateVersion7()]);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(30));

        await waiting.Soon();
    }

    private async Task<Task<bool>> BeginAsync(Guid id, TimeSpan? timeout = null)
    {
        var queries = _reader.Queries;
        var waiting = _watcher.WaitForEndAsync(id, timeout ?? TimeSpan.FromHours(1), CancellationToken.None);
        await Wait.UntilAsync(() => _reader.Queries > queries);
        return waiting;
    }
}
