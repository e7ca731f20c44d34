using System.Collections.Concurrent;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Resources over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    [StoreFact]
    public async Task Semaphore_ManyTasks_NeverHasMoreHoldersThanPermits()
    {
        var running = 0;
        var peak = 0;
        var counting = new FakeExecutor(async (_, token) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref peak, now);
            await Task.Delay(5, token);
            Interlocked.Decrement(ref running);
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, workers: ("work", counting));
        await node.Get<IResourceOperations>().PutAsync("database", new ResourceBounds.Semaphore(3), CancellationToken.None);

        var ids = await node.SubmitAsync("default", [.. Enumerable.Range(0, 60).Select(_ => Needing(node, "database"))]);
        var ended = await Task.WhenAll(ids.Select(node.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal((TaskState.Completed, 1), (task.State, task.Attempt)));
        Assert.Equal(3, peak);
        Assert.Equal(3m, (await Store.Resources.FindAsync("database", CancellationToken.None))!.Available);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Bucket_ManyTasks_StartsThemAtItsRate()
    {
        var starts = new ConcurrentBag<DateTimeOffset>();
        var stamping = new FakeExecutor((_, _) =>
        {
            starts.Add(TimeProvider.System.GetUtcNow());
            return Task.FromResult(FakeExecutor.Success());
        });
        await using var node = await Node.StartAsync(Store, workers: ("work", stamping));
        await node.Get<IResourceOperations>().PutAsync("search", new ResourceBounds.Bucket(10, 50), CancellationToken.None);

        // Ten at once, and 100 more within two seconds.
        var ids = await node.SubmitAsync("default", [.. Enumerable.Range(0, 110).Select(_ => Needing(node, "search"))]);
        await Task.WhenAll(ids.Select(node.WaitForEndAsync));

        Assert.InRange(starts.Max() - starts.Min(), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(3.5));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Refusal_WithRetryAfter_ClosesTheBucketAndCostsNoAttempt()
    {
        var calls = new ConcurrentQueue<DateTimeOffset>();
        var refusing = new FakeExecutor((_, _) =>
        {
            calls.Enqueue(TimeProvider.System.GetUtcNow());
            return Task.FromResult<AttemptResult>(calls.Count == 1
                ? new AttemptResult.Failure(TaskError.Of(ErrorCodes.RateLimited, "429"), TimeSpan.FromMilliseconds(700))
                : FakeExecutor.Success());
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 1, workers: ("work", refusing));
        await node.Get<IResourceOperations>().PutAsync("search", new ResourceBounds.Bucket(100, 1_000), CancellationToken.None);

        var ids = await node.SubmitAsync("default", [.. Enumerable.Range(0, 5).Select(_ => Needing(node, "search") with { MaxAttempts = 1 })]);
        var ended = await Task.WhenAll(ids.Select(node.WaitForEndAsync));

        Assert.All(ended, task => Assert.Equal((TaskState.Completed, 1), (task.State, task.Attempt)));
        var times = calls.ToArray();
        Assert.Equal(6, times.Length);
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(700), $"{times[1] - times[0]} after the refusal somebody called again.");
        await AssertSoundAsync();
    }

    private static NewTask Needing(Node node, string resource) =>
        node.NewTask() with { Resources = new Dictionary<string, int> { [resource] = 1 } };

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) == seen ? value : Volatile.Read(ref target);
        }
    }
}
