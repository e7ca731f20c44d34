using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Orchestrator.Core.Tasks;
using Orchestrator.Runtime.Delegation;
using Orchestrator.Runtime.Execution;
using Orchestrator.Runtime.Tests.Fakes;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Runtime.Tests.EndToEnd;

/// <summary>Workers that have others do a part of the work, over a real store with the real clock; part of what every store must do.</summary>
public abstract partial class RuntimeTests
{
    private static readonly FakeExecutor Squaring = new((context, _) =>
    {
        var number = int.Parse(Encoding.UTF8.GetString(context.Input.Span), CultureInfo.InvariantCulture);
        return Task.FromResult(FakeExecutor.Success((number * number).ToString(CultureInfo.InvariantCulture)));
    });

    [StoreFact]
    public async Task Delegate_ThousandParentsOnTwoSlots_AllFinish()
    {
        const int Parents = 1_000;
        var runs = new ConcurrentDictionary<Guid, int>();
        await using var node = await Node.StartAsync(
            Store, configure: options => options.Slots = 2, workers: [("parent", Summing(5, runs)), ("square", Squaring)]);
        await Store.LoosenFusesAsync();

        var ids = await node.SubmitAsync("default", [.. Enumerable.Range(0, Parents).Select(_ => node.NewTask("parent") with { MaxAttempts = 1 })]);
        var ended = await Task.WhenAll(ids.Select(id => node.WaitForEndAsync(id, TimeSpan.FromMinutes(2))));

        Assert.All(ended, task => Assert.Equal((TaskState.Completed, "55", 1), (task.State, Encoding.UTF8.GetString(task.Result!.Value.Span), task.Attempt)));
        Assert.Equal(6L * Parents, (await Store.Tasks.CountAsync("default", CancellationToken.None))[TaskState.Completed]);
        Assert.All(runs.Values, count => Assert.InRange(count, 1, 2));
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Delegate_SiloLostBetweenCreatingAndWaiting_MakesNoChildTwice()
    {
        var children = Children(5);
        await using (var client = await Node.StartAsync(Store, silo: false))
        {
            // What a silo that dies leaves behind: a lease that nobody renews, and children that are being worked on or wait.
            await client.SubmitAsync("default", client.NewTask("parent"));
            var lost = Assert.Single((await Store.Turns.TakeAsync(
                new TurnRequest(Guid.CreateVersion7(), 1, [new ActionCapacity("parent", 1)], TimeSpan.FromMilliseconds(300)), CancellationToken.None)).Tasks);
            var tasks = children.Select((child, index) => client.NewTask(child.Action) with
            {
                Input = child.Input,
                ParentId = lost.Lease.TaskId,
                DelegationKey = string.Create(CultureInfo.InvariantCulture, $"#{index + 1}"),
            });
            var stored = await Store.Submissions.SubmitAsync(
                [new Submission("default", [.. tasks]) { DelegatedBy = new DelegatingAttempt(lost.Lease) }], CancellationToken.None);
            Assert.IsType<SubmissionResult.Accepted>(Assert.Single(stored));
        }

        var runs = new ConcurrentDictionary<Guid, int>();
        await using var node = await Node.StartAsync(Store, workers: [("parent", Summing(5, runs)), ("square", Squaring)]);
        var parent = Assert.Single((await Store.Tasks.ListAsync(new TaskQuery("default", 10) { Action = "parent" }, CancellationToken.None))!).Id;
        var ended = await node.WaitForEndAsync(parent);

        Assert.Equal((TaskState.Completed, "55", 2), (ended.State, Encoding.UTF8.GetString(ended.Result!.Value.Span), ended.Attempt));
        Assert.Equal(6, (await Store.Tasks.CountAsync("default", CancellationToken.None))[TaskState.Completed]);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Delegate_ContinuationThatFailsOnce_IsRepeatedAloneWithItsCheckpoint()
    {
        var checkpoints = new ConcurrentQueue<string>();
        var executor = new FakeExecutor(async (context, token) =>
        {
            checkpoints.Enqueue($"{context.Attempt}/{context.Continuation}: {(context.Checkpoint is { } seen ? Encoding.UTF8.GetString(seen.Span) : "none")}");
            var ids = await context.Delegation.CreateAsync(Children(2), "\"planned\""u8.ToArray(), token);
            return await context.Delegation.FindOutcomesAsync(ids, token) is null ? new AttemptResult.Waiting(ids, "\"waited\""u8.ToArray())
                : context.Attempt == 1 ? new AttemptResult.Failure(TaskError.Of(ErrorCodes.ProviderError, "once"))
                : FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, workers: [("parent", executor), ("square", Squaring)]);

        var ended = await node.WaitForEndAsync(Assert.Single(await node.SubmitAsync("default", node.NewTask("parent"))));

        Assert.Equal((TaskState.Completed, 2), (ended.State, ended.Attempt));
        // What is created again with each attempt notes the plan again.
        Assert.Equal(["1/0: none", "1/1: \"waited\"", "2/1: \"planned\""], checkpoints);
        Assert.Equal(3, (await Store.Tasks.CountAsync("default", CancellationToken.None))[TaskState.Completed]);
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Delegate_TasksThatCreateTasks_StopAtDepthFive()
    {
        var deepest = new ConcurrentBag<string>();
        var executor = new FakeExecutor(async (context, token) =>
        {
            try
            {
                var ids = await context.Delegation.CreateAsync([new ChildTask("parent", "{}"u8.ToArray())], null, token);
                return await context.Delegation.FindOutcomesAsync(ids, token) is null ? new AttemptResult.Waiting(ids) : FakeExecutor.Success();
            }
            catch (DelegationException refused) when (refused.Code == ErrorCodes.DepthExceeded)
            {
                deepest.Add(refused.Message);
                return FakeExecutor.Success();
            }
        });
        await using var node = await Node.StartAsync(Store, configure: options => options.Slots = 1, workers: ("parent", executor));

        var ended = await node.WaitForEndAsync(Assert.Single(await node.SubmitAsync("default", node.NewTask("parent"))));

        Assert.Equal(TaskState.Completed, ended.State);
        Assert.Contains("5", Assert.Single(deepest), StringComparison.Ordinal);
        var all = (await Store.Tasks.ListAsync(new TaskQuery("default", 100), CancellationToken.None))!;
        Assert.Equal([0, 1, 2, 3, 4, 5], all.Select(task => task.DelegationDepth).Order());
        await AssertSoundAsync();
    }

    [StoreFact]
    public async Task Delegate_PastTheDepthAndUncaught_FailsForGood()
    {
        var executor = new FakeExecutor(async (context, token) =>
        {
            var ids = await context.Delegation.CreateAsync([new ChildTask("parent", "{}"u8.ToArray())], null, token);
            return await context.Delegation.FindOutcomesAsync(ids, token) is null ? new AttemptResult.Waiting(ids) : FakeExecutor.Success();
        });
        await using var node = await Node.StartAsync(Store, workers: ("parent", executor));

        await node.WaitForEndAsync(Assert.Single(await node.SubmitAsync("default", node.NewTask("parent"))));

        var failed = Assert.Single((await Store.Tasks.ListAsync(new TaskQuery("default", 100) { State = TaskState.Failed }, CancellationToken.None))!);
        Assert.Equal((5, ErrorCodes.DepthExceeded, false, 1), (failed.DelegationDepth, failed.Error!.Code, failed.Error.Retryable, failed.Attempt));
    }

    [StoreFact]
    public async Task Delegate_ParentPastItsDeadlineOrCancelled_TakesItsChildrenAlong()
    {
        await using var node = await Node.StartAsync(Store, workers: [("parent", Summing(2, [], "nobody.serves"))]);
        var late = node.NewTask("parent") with { DeadlineAt = TimeProvider.System.GetUtcNow().AddSeconds(1.5) };
        var unwanted = node.NewTask("parent");
        await node.SubmitAsync("default", late, unwanted);
        await Wait.UntilAsync(() => Store.Tasks.CountAsync("default", CancellationToken.None).GetAwaiter().GetResult()[TaskState.Waiting] == 2);

        // Its children are cancelled by this call or by the reminders, whoever is first.
        Assert.Contains(unwanted.Id, Assert.IsType<CancelResult.Done>(await node.CancelAsync(unwanted.Id)).Cancelled);
        var ended = await node.WaitForEndAsync(late.Id);

        Assert.Equal((TaskState.Failed, ErrorCodes.DeadlineExceeded), (ended.State, ended.Error!.Code));
        await Wait.UntilAsync(() => Store.Tasks.CountAsync("default", CancellationToken.None).GetAwaiter().GetResult()[TaskState.Cancelled] == 5);
        await AssertSoundAsync();
    }

    private static ChildTask[] Children(int count, string action = "square") =>
        [.. Enumerable.Range(1, count).Select(number => new ChildTask(action, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))))];

    /// <summary>Has numbers squared by others and adds them up; counts its runs.</summary>
    private static FakeExecutor Summing(int count, ConcurrentDictionary<Guid, int> runs, string action = "square") => new(async (context, token) =>
    {
        runs.AddOrUpdate(context.TaskId, 1, static (_, seen) => seen + 1);
        var ids = await context.Delegation.CreateAsync(Children(count, action), null, token);
        return await context.Delegation.FindOutcomesAsync(ids, token) is { } outcomes
            ? FakeExecutor.Success(outcomes.Sum(static child => int.Parse(child.Result!.Value.Span, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture))
            : new AttemptResult.Waiting(ids);
    });
}
