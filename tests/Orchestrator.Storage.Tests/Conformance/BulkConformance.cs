using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Bulk;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Resources;
using Orchestrator.Storage.Retention;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class BulkConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    private static readonly BulkFilter Everything = new(Default);

    [StoreFact]
    public async Task Create_EveryField_ComesBackWithTheCount()
    {
        await CreateWorkspaceAsync("there");
        await SubmitAsync(NewTask() with { Tags = ["a", "x"] }, NewTask() with { Tags = ["ax"] }, NewTask("other") with { Tags = ["x"] });
        var filter = new BulkFilter(Default)
        {
            State = TaskState.Queued,
            Action = Action,
            Tag = "x",
            ParentId = null,
            CreatedAfter = Clock.Now.AddSeconds(-1),
            CreatedBefore = Clock.Now.AddSeconds(1),
        };

        var created = await CreateAsync(BulkKind.Move, filter, target: "there");

        Assert.Equal((BulkKind.Move, filter, "there", false, 1, 0, 0), (created.Kind, created.Filter, created.Target, created.DryRun, created.Matched, created.Done, created.Skipped));
        Assert.Equal((Clock.Now, null), (created.CreatedAt, created.FinishedAt));
        Assert.Equal(created, (await Store.Bulk.FindAsync(created.Id, None))! with { Errors = created.Errors });
        Assert.Null(await Store.Bulk.FindAsync(Guid.NewGuid(), None));
    }

    [StoreFact]
    public async Task Create_UnknownWorkspace_IsNull()
    {
        Assert.Null(await Store.Bulk.CreateAsync(Operation(BulkKind.Cancel, new BulkFilter("nowhere")), None));
        Assert.Null(await Store.Bulk.CreateAsync(Operation(BulkKind.Move, Everything, "nowhere"), None));
        Assert.Null(await StepAsync());
    }

    [StoreFact]
    public async Task Create_DryRunOrNothingToDo_IsFinishedAtOnce()
    {
        var id = await SubmitOneAsync();

        var dryRun = (await Store.Bulk.CreateAsync(Operation(BulkKind.Cancel, Everything) with { DryRun = true }, None))!;
        var nothing = await CreateAsync(BulkKind.Retry, Everything);

        Assert.Equal((1, Clock.Now), (dryRun.Matched, dryRun.FinishedAt));
        Assert.Equal((0, Clock.Now), (nothing.Matched, nothing.FinishedAt));
        Assert.Null(await StepAsync());
        Assert.Equal(TaskState.Queued, await StateAsync(id));
    }

    [StoreFact]
    public async Task Step_Cancel_EndsWhatFitsInBoundedSteps()
    {
        await CreateWorkspaceAsync("limited", maxParallel: 1);
        var tagged = await SubmitToAsync("limited", [.. NewTasks(5).Select(task => task with { Tags = ["t"] })]);
        var other = (await SubmitToAsync("limited", NewTask()))[0].Id;
        var running = await TakeOneAsync();
        var child = (await SubmitToAsync("limited", NewTask() with { ParentId = running.Lease.TaskId }))[0].Id;
        var operation = await CreateAsync(BulkKind.Cancel, new BulkFilter("limited") { Tag = "t" });

        var steps = new List<int>();
        while (await StepAsync(2) is { } step)
        {
            steps.Add(step.Ended.Count);
        }

        await ResolveAsync();
        Assert.Equal([2, 2, 1], steps);
        Assert.Equal((5, 5, 0), await CountsAsync(operation));
        Assert.All(tagged, task => Assert.Equal(TaskState.Cancelled, StateAsync(task.Id).GetAwaiter().GetResult()));
        Assert.Equal(TaskState.Cancelled, await StateAsync(child));
        Assert.Equal(SettlementResult.LeaseLost, await SettleAsync(running, Completed()));
        Assert.Equal(other, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Step_RefusedSubmission_IsSkippedWithTheReason()
    {
        var ended = await SubmitEndedAsync(Failed());
        var operation = await CreateAsync(BulkKind.Retry, Everything with { State = TaskState.Failed });
        await StepAsync(repeat: (task, _) => NewTask() with { RedriveOf = task.Id, ParentId = Guid.NewGuid() });

        Assert.Equal((1, 0, 1), await CountsAsync(operation));
        var error = Assert.Single((await Store.Bulk.FindAsync(operation.Id, None))!.Errors);
        Assert.Equal(ended, error.TaskId);
        Assert.Equal("A task that it refers to is gone or cannot be referred to.", error.Message);
    }

    [StoreFact]
    public async Task Step_Retry_SubmitsEachEndedTaskOnce()
    {
        var failed = await SubmitEndedAsync(Failed(), NewTask() with { Input = Json("""{"n":1}""") });
        var completed = await SubmitEndedAsync(Completed());
        var cancelled = await SubmitCancelledAsync();
        var live = await SubmitOneAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var operation = await CreateAsync(BulkKind.Retry, Everything);
        Assert.Equal(3, operation.Matched);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        await RunAsync(limit: 2);
        await RunAsync(limit: 2);

        Assert.Equal((3, 3, 0), await CountsAsync(operation));
        Assert.Equal(Clock.Now, (await Store.Bulk.FindAsync(operation.Id, None))!.FinishedAt);
        var tasks = (await Store.Tasks.ListAsync(new TaskQuery(Default, 100), None))!;
        Assert.Equal(new[] { failed, completed, cancelled }.Order(), tasks.Where(task => task.RedriveOf is not null).Select(task => task.RedriveOf!.Value).Order());
        Assert.Equal(7, tasks.Count);
        var inputs = (await TakeEverythingAsync()).Where(task => task.Lease.TaskId != live).Select(task => Text(task.Input));
        Assert.Contains("""{"n":1}""", inputs);
    }

    [StoreFact]
    public async Task Step_DiesInTheMiddle_IsDoneWholeByTheNext()
    {
        await SubmitEndedAsync(Failed());
        var second = await SubmitEndedAsync(Failed());
        var operation = await CreateAsync(BulkKind.Retry, Everything with { State = TaskState.Failed });

        await Assert.ThrowsAsync<InvalidOperationException>(() => StepAsync(
            repeat: (task, input) => task.Id == second ? throw new InvalidOperationException() : Repeat(task, input)));
        Assert.Equal((2, 0, 0), await CountsAsync(operation));
        await RunAsync(10);

        Assert.Equal((2, 2, 0), await CountsAsync(operation));
        Assert.Equal(2, (await TakeEverythingAsync()).Count);
    }

    [StoreFact]
    public async Task Step_Move_TakesWhatHasNotStartedAndHangsOnNothing()
    {
        await CreateWorkspaceAsync("there");
        await SubmitOneAsync();
        var running = await TakeOneAsync();
        var parent = await SubmitOneAsync();
        await SubmitOneAsync(NewTask() with { ParentId = parent });
        var blocking = await SubmitOneAsync();
        await SubmitOneAsync(NewTask() with { DependsOn = [blocking] });
        var queued = await SubmitOneAsync();
        var scheduled = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddHours(1) });
        var operation = await CreateAsync(BulkKind.Move, Everything, "there");

        await RunAsync(3);

        Assert.Equal((7, 2, 5), await CountsAsync(operation));
        var errors = (await Store.Bulk.FindAsync(operation.Id, None))!.Errors;
        Assert.Equal(5, errors.Count);
        Assert.All(errors, error => Assert.Equal("The task has started or ended, is a step of a run, or other tasks hang on it.", error.Message));
        Assert.Equal([scheduled, queued], (await Store.Tasks.ListAsync(new TaskQuery("there", 10), None))!.Select(task => task.Id));
        Assert.Equal(queued, Assert.Single(await TakeEverythingAsync(), task => task.Workspace == "there").Lease.TaskId);
        Assert.Equal(SettlementResult.Accepted, await SettleAsync(running, Completed()));
    }

    [StoreFact]
    public async Task Step_MoveTasksThatNeedAResource_StaysWithinItsLimit()
    {
        await CreateWorkspaceAsync("there");
        await Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(1), None);
        await SubmitAsync([.. NewTasks(3).Select(task => task with { Resources = new Dictionary<string, int> { ["permits"] = 1 } })]);
        await CreateAsync(BulkKind.Move, Everything, "there");

        await RunAsync(10);

        Assert.Equal("there", Assert.Single(await TakeAsync()).Workspace);
    }

    [StoreFact]
    public async Task Step_RetryOfATaskThatNeedsMoreThanThereIsNow_SaysWhy()
    {
        await Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(2), None);
        await SubmitOneAsync(NewTask() with { Resources = new Dictionary<string, int> { ["permits"] = 2 } });
        await SettleAsync(await TakeOneAsync(), Failed());
        await Store.Resources.PutAsync("permits", new ResourceBounds.Semaphore(1), None);
        var operation = await CreateAsync(BulkKind.Retry, Everything);

        await RunAsync(10);

        var error = Assert.Single((await Store.Bulk.FindAsync(operation.Id, None))!.Errors);
        Assert.Equal("The resources permits are gone or can never give as much.", error.Message);
    }

    [StoreFact]
    public async Task Purge_FinishedOperation_GoesWithTheReceipts()
    {
        var operation = await CreateAsync(BulkKind.Cancel, Everything);
        var periods = new RetentionPeriods(TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        await Clock.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await Store.Retention.PurgeAsync(periods, 10, None));
        await Clock.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Store.Retention.PurgeAsync(periods, 10, None));
        Assert.Null(await Store.Bulk.FindAsync(operation.Id, None));
    }

    private static BulkOperation Operation(BulkKind kind, BulkFilter filter, string? target = null) =>
        new() { Id = TaskIds.Next(), Kind = kind, Filter = filter, Target = target };

    private static NewTask Repeat(TaskRecord task, ReadOnlyMemory<byte> input) =>
        NewTask(task.Action) with { RedriveOf = task.Id, Input = input, Resources = task.Resources };

    private async Task<BulkOperation> CreateAsync(BulkKind kind, BulkFilter filter, string? target = null)
    {
        var created = await Store.Bulk.CreateAsync(Operation(kind, filter, target), None);
        Assert.NotNull(created);
        return created;
    }

    private Task<BulkStep?> StepAsync(int limit = 10, Func<TaskRecord, ReadOnlyMemory<byte>, NewTask>? repeat = null) =>
        Store.Bulk.StepAsync(limit, repeat ?? Repeat, None);

    private async Task RunAsync(int limit)
    {
        while (await StepAsync(limit) is not null)
        {
        }
    }

    private async Task<(long Matched, long Done, long Skipped)> CountsAsync(BulkOperation operation)
    {
        var found = (await Store.Bulk.FindAsync(operation.Id, None))!;
        return (found.Matched, found.Done, found.Skipped);
    }
}
