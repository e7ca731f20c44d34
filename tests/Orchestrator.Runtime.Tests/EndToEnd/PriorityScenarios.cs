using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Core.Scheduling;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Which task runs next, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    [StoreFact]
    public async Task LowTask_ThatComesToBlockTenOthers_RunsNext()
    {
        var order = new ConcurrentQueue<Guid>();
        var started = new SemaphoreSlim(0);
        var proceed = new SemaphoreSlim(0);
        var stepping = new FakeExecutor(async (context, token) =>
        {
            order.Enqueue(context.TaskId);
            started.Release();
            await proceed.WaitAsync(token);
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 1, workers: ("work", stepping));
        await node.SubmitAsync("default", [.. Enumerable.Range(0, 20).Select(_ => node.NewTask())]);
        var low = Assert.Single(await node.SubmitAsync("default", node.NewTask() with { Score = PriorityHint.Low }));
        Assert.True(await started.WaitAsync(Wait.Limit));
        Assert.Equal(19, await Store.Tasks.FindQueuePositionAsync(low, CancellationToken.None));

        await node.SubmitAsync("default", [.. Enumerable.Range(0, 10).Select(_ => node.NewTask() with { DependsOn = [low] })]);
        await Wait.UntilAsync(() => Store.Tasks.FindQueuePositionAsync(low, CancellationToken.None).GetAwaiter().GetResult() == 0);
        proceed.Release();

        Assert.True(await started.WaitAsync(Wait.Limit));
        Assert.Equal(low, order.Last());
        proceed.Release(100);
    }

    [StoreFact]
    public async Task Flood_OfFastTasks_KeepsNoOtherActionOut()
    {
        const int Flood = 2_000;
        var begun = 0;
        var enough = new TaskCompletionSource();
        var fast = new FakeExecutor(async (_, token) =>
        {
            if (Interlocked.Increment(ref begun) == 50)
            {
                enough.SetResult();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), token);
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 2, workers: [("work", fast), ("other", Instant)]);
        foreach (var workspace in new[] { "flood", "others" })
        {
            Assert.NotNull(await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = workspace }, CancellationToken.None));
        }

        await node.SubmitAsync("flood", [.. Enumerable.Range(0, Flood).Select(_ => node.NewTask())]);
        await enough.Task.Soon();

        var others = await node.SubmitAsync("others", [.. Enumerable.Range(0, 3).Select(_ => node.NewTask("other"))]);
        var ended = await Task.WhenAll(others.Select(node.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal(TaskState.Completed, task.State));
        Assert.InRange(Volatile.Read(ref begun), 50, Flood / 4);
    }

    [StoreFact]
    public async Task LongTasks_ThatFillTheSilo_KeepShortOnesOfAnotherActionOutForLessThanASecond()
    {
        var longs = FakeExecutor.Obedient();
        var shorts = new FakeExecutor(async (_, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), token);
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 8, workers: [("long", longs), ("other.long", longs), ("short", shorts)]);
        var slots = node.Get<SlotPool>();
        await node.SubmitAsync("default", [.. Enumerable.Range(0, 100).Select(_ => node.NewTask("long") with { Score = PriorityHint.High })]);
        await Wait.UntilAsync(() => slots.Busy >= slots.Size - slots.Reserved);

        // It takes the slot in which an action may try that ran nothing yet, and keeps it.
        await node.SubmitAsync("default", [.. Enumerable.Range(0, 100).Select(_ => node.NewTask("other.long") with { Score = PriorityHint.High })]);
        await Wait.UntilAsync(() => slots.Busy > slots.Size - slots.Reserved);

        foreach (var _ in Enumerable.Range(0, 5))
        {
            var submitted = Stopwatch.StartNew();
            var task = await node.WaitForEndAsync(Assert.Single(await node.SubmitAsync("default", node.NewTask("short") with { Score = PriorityHint.Low })));
            Assert.Equal(TaskState.Completed, task.State);
            Assert.InRange(submitted.ElapsedMilliseconds, 0, 1_000);
        }

        Assert.InRange(slots.Busy, slots.Size - slots.Reserved, slots.Size - 1);
    }
}
