using System.Collections.Concurrent;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Schedules;
using Orchestrator.Storage.Silos;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>The runtime over a real store with the real clock.</summary>
public abstract partial class RuntimeTests : IAsyncLifetime
{
    private protected static readonly FakeExecutor Instant = FakeExecutor.Returning(FakeExecutor.Success("""{"done":true}"""));

    private protected abstract IStore Store { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [StoreFact]
    public async Task Submit_ManyTasks_AllCompleteOnce()
    {
        var runs = new ConcurrentDictionary<Guid, int>();
        var counting = new FakeExecutor((context, _) =>
        {
            runs.AddOrUpdate(context.TaskId, 1, static (_, count) => count + 1);
            return Task.FromResult(FakeExecutor.Success());
        });
        await using var node = await Node.StartAsync(Store, workers: ("work", counting));
        var batches = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            node.SubmitAsync("default", [.. Enumerable.Range(0, 20).Select(_ => node.NewTask())])));

        var ended = await Task.WhenAll(batches.SelectMany(ids => ids).Select(node.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal(TaskState.Completed, task.State));
        Assert.Equal(400, runs.Count);
        Assert.All(runs.Values, count => Assert.Equal(1, count));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Attempt_FailsAndThenSucceeds_CompletesWithItsHistory()
    {
        var flaky = new FakeExecutor((context, _) => Task.FromResult(context.Attempt < 3
            ? new AttemptResult.Failure(TaskError.Of(ErrorCodes.ProviderError, "not yet"))
            : FakeExecutor.Success()));
        await using var node = await Node.StartAsync(Store, workers: ("work", flaky));

        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask()));
        var task = await node.WaitForEndAsync(id);

        Assert.Equal((TaskState.Completed, 3), (task.State, task.Attempt));
        var history = await Store.Tasks.ReadHistoryAsync(id, 0, 100, CancellationToken.None);
        Assert.Equal(3, history!.Events.Count(e => e.Type == "processing"));
        Assert.Equal(2, history.Events.Count(e => e.Type == "retry"));
        Assert.Equal("completed", history.Events[^1].Type);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Attempt_OverItsTimeLimit_FailsWithTimeout()
    {
        await using var node = await Node.StartAsync(Store, workers: ("work", FakeExecutor.Obedient()));

        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask() with { TimeoutMs = 50, MaxAttempts = 1 }));
        var task = await node.WaitForEndAsync(id);

        Assert.Equal((TaskState.Failed, ErrorCodes.Timeout), (task.State, task.Error!.Code));
    }

    [StoreFact]
    public async Task Deadline_OfAnActionNobodyServes_FailsTheTask()
    {
        await using var node = await Node.StartAsync(Store);

        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask("nobody.serves") with { DeadlineAt = DateTimeOffset.UtcNow.AddMilliseconds(300) }));
        var task = await node.WaitForEndAsync(id);

        Assert.Equal((TaskState.Failed, ErrorCodes.DeadlineExceeded), (task.State, task.Error!.Code));
    }

    [StoreFact]
    public async Task RunAt_InTheFuture_StartsThen()
    {
        await using var node = await Node.StartAsync(Store, workers: ("work", Instant));
        var runAt = DateTimeOffset.UtcNow.AddMilliseconds(300);

        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask() with { RunAt = runAt }));
        var task = await node.WaitForEndAsync(id);

        Assert.Equal(TaskState.Completed, task.State);
        Assert.True(task.StartedAt >= runAt.AddMilliseconds(-1));
        Assert.True(task.StartedAt < runAt.AddSeconds(3));
    }

    [StoreFact]
    public async Task DependsOn_Chain_RunsInOrder()
    {
        var order = new ConcurrentQueue<Guid>();
        var recording = new FakeExecutor((context, _) =>
        {
            order.Enqueue(context.TaskId);
            return Task.FromResult(FakeExecutor.Success());
        });
        await using var node = await Node.StartAsync(Store, workers: ("work", recording));
        var first = node.NewTask();
        var second = node.NewTask() with { DependsOn = [first.Id] };
        var third = node.NewTask() with { DependsOn = [second.Id] };

        await node.SubmitAsync("default", third, second, first);
        await node.WaitForEndAsync(third.Id);

        Assert.Equal([first.Id, second.Id, third.Id], order);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Cancel_RunningTask_StopsItsWorkerAndItsChildren()
    {
        var stopped = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var waiting = new FakeExecutor(async (_, token) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopped.TrySetResult();
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, workers: ("work", waiting));
        var parent = Assert.Single(await node.SubmitAsync("default", node.NewTask()));
        await started.Task.Soon();
        var child = Assert.Single(await node.SubmitAsync("default", node.NewTask("nobody.serves") with { ParentId = parent }));

        Assert.IsType<CancelResult.Done>(await node.CancelAsync(parent));

        await stopped.Task.Soon();
        Assert.Equal(TaskState.Cancelled, (await node.FindAsync(parent)).State);
        Assert.Equal(TaskState.Cancelled, (await node.WaitForEndAsync(child)).State);
        await Wait.UntilAsync(() => node.Get<AttemptRegistry>().IsQuiet);
        Assert.Equal(TaskState.Cancelled, (await node.FindAsync(parent)).State);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Stop_WithRunningAttempt_HandsItBackRefunded()
    {
        var started = new TaskCompletionSource();
        var endless = new FakeExecutor(async (_, token) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return FakeExecutor.Success();
        });
        Guid id;
        await using (var node = await Node.StartAsync(Store, workers: ("work", endless)))
        {
            id = Assert.Single(await node.SubmitAsync("default", node.NewTask()));
            await started.Task.Soon();
            await node.StopAsync();
            var task = await node.FindAsync(id);
            Assert.Equal((TaskState.Queued, 0), (task.State, task.Attempt));
            Assert.Empty(await Store.Silos.ListAsync(TimeSpan.FromMinutes(1), CancellationToken.None));
        }

        await using var next = await Node.StartAsync(Store, workers: ("work", Instant));
        var ended = await next.WaitForEndAsync(id);
        Assert.Equal((TaskState.Completed, 1), (ended.State, ended.Attempt));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Stop_AttemptThatFinishesInTime_IsCompleted()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource<AttemptResult>();
        var executor = new FakeExecutor((_, _) =>
        {
            started.TrySetResult();
            return finish.Task;
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.DrainTimeout = Wait.Limit, workers: ("work", executor));
        var id = Assert.Single(await node.SubmitAsync("default", node.NewTask()));
        await started.Task.Soon();

        var stopping = node.StopAsync();
        Assert.False(stopping.IsCompleted);
        finish.SetResult(FakeExecutor.Success());
        await stopping;

        Assert.Equal(TaskState.Completed, (await node.FindAsync(id)).State);
    }

    [StoreFact]
    public async Task Reaper_LeaseOfASilentSilo_IsRunElsewhere()
    {
        await using var client = await Node.StartAsync(Store, silo: false);
        var id = Assert.Single(await client.SubmitAsync("default", client.NewTask()));
        var lost = await Store.Turns.TakeAsync(
            new TurnRequest(Guid.CreateVersion7(), 1, [new ActionCapacity("work", 1)], TimeSpan.FromMilliseconds(200)), CancellationToken.None);
        Assert.Single(lost.Tasks);

        await using var silo = await Node.StartAsync(Store, workers: ("work", Instant));
        var task = await silo.WaitForEndAsync(id);

        Assert.Equal((TaskState.Completed, 2), (task.State, task.Attempt));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Schedule_EverySecond_FiresEachSecondOnceOnTime()
    {
        const int seconds = 4;
        await using var node = await Node.StartAsync(Store, workers: ("work", Instant));
        await using var client = await Node.StartAsync(Store, silo: false);
        var schedule = new ScheduleRecord { Id = "often", Workspace = "default", IntervalMs = 1_000, Task = node.NewTask() };
        var created = Assert.IsType<ScheduleCreation.Created>(await node.Get<IScheduleOperations>().CreateAsync(schedule, CancellationToken.None)).Schedule;

        await Wait.UntilAsync(() => Store.Schedules.FindAsync("often", CancellationToken.None).GetAwaiter().GetResult()!.LastFireAt >= created.AnchorAt.AddSeconds(seconds));
        await Store.Schedules.DeleteAsync("often", CancellationToken.None);

        var tasks = (await Store.Tasks.ListAsync(new TaskQuery("default", 100) { Tag = "schedule:often" }, CancellationToken.None))!.Reverse().Take(seconds).ToList();
        Assert.All(tasks.Index(), task => Assert.InRange(task.Item.CreatedAt - created.AnchorAt, TimeSpan.FromSeconds(task.Index + 1), TimeSpan.FromSeconds(task.Index + 2.5)));
        Assert.All(await Task.WhenAll(tasks.Select(task => node.WaitForEndAsync(task.Id))), task => Assert.Equal(TaskState.Completed, task.State));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Bulk_LeftByAProcessThatIsGone_IsFinishedByAnother()
    {
        BulkOperation operation;
        await using (var gateway = await Node.StartAsync(Store, silo: false))
        {
            await gateway.SubmitAsync("default", [.. Enumerable.Range(0, 450).Select(_ => gateway.NewTask("nobody.serves"))]);
            await gateway.StopAsync();
            operation = (await Store.Bulk.CreateAsync(new() { Id = Guid.CreateVersion7(), Kind = BulkKind.Cancel, Filter = new("default") }, CancellationToken.None))!;
            await Store.Bulk.StepAsync(100, static (_, _) => throw new NotSupportedException(), CancellationToken.None);
        }

        await using var next = await Node.StartAsync(Store, silo: false);
        await Wait.UntilAsync(() => Store.Bulk.FindAsync(operation.Id, CancellationToken.None).GetAwaiter().GetResult()!.FinishedAt is not null);

        var ended = (await Store.Bulk.FindAsync(operation.Id, CancellationToken.None))!;
        Assert.Equal((450, 450, 0), (ended.Matched, ended.Done, ended.Skipped));
        Assert.Equal(450, (await Store.Tasks.CountAsync("default", CancellationToken.None))[TaskState.Cancelled]);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task DrainRequest_ForADedicatedSilo_StopsItsProcess()
    {
        await using var node = await Node.StartAsync(Store, stopsWhenDrained: true, workers: ("work", Instant));
        await Wait.UntilAsync(() => ListSilos().Count == 1);

        Assert.True(await node.Get<ISiloOperations>().RequestDrainAsync(node.SiloId, CancellationToken.None));

        await node.WaitForShutdownAsync();
        Assert.Empty(ListSilos());
    }

    private protected async Task AssertSoundAsync() => Assert.Empty(await Store.Invariants.CheckAsync(CancellationToken.None));

    private IReadOnlyList<SiloRecord> ListSilos() => Store.Silos.ListAsync(TimeSpan.FromMinutes(1), CancellationToken.None).GetAwaiter().GetResult();
}
