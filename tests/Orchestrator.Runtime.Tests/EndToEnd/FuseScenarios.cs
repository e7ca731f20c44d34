using System.Text;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Operations;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>A worker that loops, and a budget, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    private static readonly TimeSpan FuseLimit = TimeSpan.FromSeconds(30);

    [StoreFact]
    public async Task Delegate_WorkerThatLoops_IsStoppedAtTwentyExecutionsAndGoesOnAfterTheReset()
    {
        var looping = new FakeExecutor(async (context, token) =>
        {
            var ids = await context.Delegation.CreateAsync(Children(30), null, token);
            return await context.Delegation.FindOutcomesAsync(ids, token) is null ? new AttemptResult.Waiting(ids) : FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, workers: [("parent", looping), ("square", Squaring)]);
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "looping" }, CancellationToken.None);
        var parent = Assert.Single(await node.SubmitAsync("looping", node.NewTask("parent")));
        await Eventually.TrueAsync(
            async () => (await Store.Workspaces.FindAsync("looping", CancellationToken.None))!.PausedBy == "antiLoop"
                && (await Store.Tasks.CountAsync("looping", CancellationToken.None)).GetValueOrDefault(TaskState.Completed) == FuseDefaults.LoopExecutions,
            FuseLimit,
            () => "The fuse has not tripped after twenty executions.");

        var other = Assert.Single(await node.SubmitAsync("default", node.NewTask("square") with { Input = "3"u8.ToArray() }));
        Assert.Equal(TaskState.Completed, (await node.WaitForEndAsync(other)).State);
        await node.Get<IWorkspaceOperations>().ResetFuseAsync("looping", Fuse.AntiLoop, CancellationToken.None);

        Assert.Equal(TaskState.Completed, (await node.WaitForEndAsync(parent)).State);
        Assert.Equal(31, (await Store.Tasks.CountAsync("looping", CancellationToken.None))[TaskState.Completed]);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Budget_CostsAreNotKnownBefore_SpendsOneAttemptAtATimeUntilAllIsGone()
    {
        var running = 0;
        var most = 0;
        var paid = new FakeExecutor(async (_, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, token);
            Interlocked.Decrement(ref running);
            return new AttemptResult.Success(Encoding.UTF8.GetBytes("1")) { Usage = new TaskUsage(Cost: 1) };
        });
        await using var node = await Node.StartAsync(Store, workers: ("paid", paid));
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "frugal", BudgetLimit = 4 }, CancellationToken.None);

        await node.SubmitAsync("frugal", [.. Enumerable.Range(0, 10).Select(_ => node.NewTask("paid"))]);

        await Eventually.TrueAsync(
            async () => (await Store.Workspaces.FindAsync("frugal", CancellationToken.None))!.PausedBy == "budget", FuseLimit, () => "The budget is not spent.");
        Assert.Equal(4m, (await Store.Workspaces.FindAsync("frugal", CancellationToken.None))!.Budget!.Spent);
        Assert.Equal(1, most);
        Assert.Equal(4, (await Store.Tasks.CountAsync("frugal", CancellationToken.None))[TaskState.Completed]);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Budget_PaidAttemptHoldsWhatIsLeft_FreeTasksGoOn()
    {
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var paid = new FakeExecutor(async (_, token) =>
        {
            await mayEnd.Task.WaitAsync(token);
            return FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(
            Store,
            maxCosts: new Dictionary<string, decimal?> { ["paid"] = 1, ["free"] = 0 },
            workers: [("paid", paid), ("free", FakeExecutor.Returning(FakeExecutor.Success()))]);
        await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "thrifty", BudgetLimit = 1.5m }, CancellationToken.None);
        var costly = await node.SubmitAsync("thrifty", [.. Enumerable.Range(0, 50).Select(_ => node.NewTask("paid"))]);
        await Eventually.TrueAsync(
            async () => (await Store.Workspaces.FindAsync("thrifty", CancellationToken.None))!.ShortOfMoney, FuseLimit, () => "The workspace is not short of money.");

        foreach (var free in await node.SubmitAsync("thrifty", node.NewTask("free"), node.NewTask("free")))
        {
            Assert.Equal(TaskState.Completed, (await node.WaitForEndAsync(free)).State);
        }

        Assert.Equal(1, (await Store.Tasks.CountAsync("thrifty", CancellationToken.None))[TaskState.Processing]);
        Assert.Equal(0m, Assert.Single((await Store.Silos.ListAsync(TimeSpan.FromMinutes(1), CancellationToken.None))[0].Actions, action => action.Name == "free").MaxCost);
        mayEnd.SetResult();
        Assert.All(await Task.WhenAll(costly.Select(node.WaitForEndAsync)), task => Assert.Equal(TaskState.Completed, task.State));
        await AssertSoundAsync();
    }
}
