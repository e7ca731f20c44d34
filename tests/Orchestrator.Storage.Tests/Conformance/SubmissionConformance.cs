using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Submissions;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class SubmissionConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Submit_OneTask_IsQueuedAtTheStoresTime()
    {
        var task = NewTask();

        var created = Assert.Single(await SubmitAsync(task));

        Assert.Equal(new CreatedTask(task.Id, TaskState.Queued, Clock.Now, 0), created);
        Assert.Equal(["submitted", "queued"], await HistoryAsync(task.Id));
    }

    [StoreFact]
    public async Task Submit_Batch_AnswersInItsOrder()
    {
        var tasks = NewTasks(500);
        Random.Shared.Shuffle(tasks);

        var created = await SubmitAsync(tasks);

        Assert.Equal(tasks.Select(task => task.Id), created.Select(task => task.Id));
        Assert.Equal(500, (await Store.Tasks.CountAsync(Default, None))[TaskState.Queued]);
    }

    [StoreFact]
    public async Task Submit_SeveralSubmissionsOneOfThemBad_StoresTheOthersAndAnswersInOrder()
    {
        var first = NewTask();
        var last = NewTask();

        var results = await Store.Submissions.SubmitAsync(
            [
                new Submission(Default, [first]),
                new Submission("nowhere", [NewTask()]),
                new Submission(Default, [NewTask() with { ParentId = Guid.NewGuid() }]),
                new Submission(Default, [last]),
            ],
            None);

        Assert.IsType<SubmissionResult.Accepted>(results[0]);
        Assert.IsType<SubmissionResult.WorkspaceNotFound>(results[1]);
        Assert.IsType<SubmissionResult.InvalidReferences>(results[2]);
        Assert.IsType<SubmissionResult.Accepted>(results[3]);
        Assert.Equal([first.Id, last.Id], (await TakeAsync()).Select(task => task.Lease.TaskId).Order());
    }

    [StoreFact]
    public async Task Submit_BatchWithOneBadItem_StoresNothing()
    {
        var good = NewTask();

        var result = await TrySubmitAsync(good, NewTask() with { DependsOn = [good.Id, Guid.NewGuid()] }, NewTask());

        var problem = Assert.Single(Assert.IsType<SubmissionResult.InvalidReferences>(result).References);
        Assert.Equal(new InvalidReference(1, 1, ReferenceProblem.NotFound), problem);
        Assert.Null(await Store.Tasks.FindAsync(good.Id, None));
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Submit_SeveralBadItems_NamesEachOfThem()
    {
        var ended = await SubmitEndedAsync(Completed());

        var result = await TrySubmitAsync(
            NewTask() with { DependsOn = [Guid.NewGuid(), ended, Guid.NewGuid()] },
            NewTask() with { ParentId = Guid.NewGuid() },
            NewTask() with { ParentId = ended });

        Assert.Equal(
            [
                new InvalidReference(0, 0, ReferenceProblem.NotFound),
                new InvalidReference(0, 2, ReferenceProblem.NotFound),
                new InvalidReference(1, null, ReferenceProblem.NotFound),
                new InvalidReference(2, null, ReferenceProblem.ParentEnded),
            ],
            Assert.IsType<SubmissionResult.InvalidReferences>(result).References
                .OrderBy(problem => problem.TaskIndex).ThenBy(problem => problem.DependencyIndex));
    }

    [StoreFact]
    public async Task Submit_UnknownWorkspace_IsSaid() =>
        Assert.IsType<SubmissionResult.WorkspaceNotFound>(await TrySubmitAsync(new Submission("nowhere", [NewTask()])));

    [StoreFact]
    public async Task Submit_RunAtInTheFuture_IsScheduled()
    {
        var task = NewTask() with { RunAt = Clock.Now.AddMinutes(1) };

        Assert.Equal(TaskState.Scheduled, Assert.Single(await SubmitAsync(task)).State);

        Assert.Equal(["submitted", "scheduled"], await HistoryAsync(task.Id));
        Assert.Equal(task.RunAt, (await FindAsync(task.Id)).RunAt);
        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Submit_RunAtInThePast_IsQueued() =>
        Assert.Equal(TaskState.Queued, Assert.Single(await SubmitAsync(NewTask() with { RunAt = Clock.Now.AddMinutes(-1) })).State);

    [StoreFact]
    public async Task Submit_ReadyTasksOfMoreActionsThanAllowed_IsRefusedWhole()
    {
        var tasks = Enumerable.Range(0, TaskLimits.MaxReadyActions + 1).Select(i => NewTask($"action-{i}")).ToArray();

        Assert.IsType<SubmissionResult.TooManyActions>(await TrySubmitAsync(tasks));

        Assert.Null(await Store.Tasks.FindAsync(tasks[0].Id, None));
        Assert.Equal(TaskLimits.MaxReadyActions, (await SubmitAsync(tasks[1..])).Count);
        Assert.IsType<SubmissionResult.TooManyActions>(await TrySubmitAsync(tasks[0]));
    }

    [StoreFact]
    public async Task Submit_ChildOfALiveTask_IsOneDeeper()
    {
        var parent = await SubmitOneAsync();
        var child = NewTask() with { ParentId = parent };

        Assert.Equal(1, Assert.Single(await SubmitAsync(child)).DelegationDepth);

        var record = await FindAsync(child.Id);
        Assert.Equal(parent, record.ParentId);
        Assert.Equal(1, record.DelegationDepth);
    }

    [StoreFact]
    public async Task Submit_ChildBeyondTheDepthLimit_IsRefused()
    {
        var parent = await SubmitOneAsync();
        for (var depth = 1; depth <= TaskLimits.MaxDelegationDepth; depth++)
        {
            var child = Assert.Single(await SubmitAsync(NewTask() with { ParentId = parent }));
            Assert.Equal(depth, child.DelegationDepth);
            parent = child.Id;
        }

        var result = await TrySubmitAsync(NewTask() with { ParentId = parent });

        var problem = Assert.Single(Assert.IsType<SubmissionResult.InvalidReferences>(result).References);
        Assert.Equal(new InvalidReference(0, null, ReferenceProblem.TooDeep) { Limit = TaskLimits.MaxDelegationDepth }, problem);
    }

    [StoreFact]
    public async Task Submit_ChildOfAnEndedTask_IsRefused()
    {
        var parent = await SubmitEndedAsync(Completed());

        var result = await TrySubmitAsync(NewTask() with { ParentId = parent });

        var problem = Assert.Single(Assert.IsType<SubmissionResult.InvalidReferences>(result).References);
        Assert.Equal(new InvalidReference(0, null, ReferenceProblem.ParentEnded), problem);
    }

    [StoreFact]
    public async Task Submit_ParentOrDependencyOfAnotherWorkspace_IsNotFound()
    {
        await CreateWorkspaceAsync("other");
        var foreign = Assert.Single(await SubmitToAsync("other", NewTask())).Id;

        var result = await TrySubmitAsync(NewTask() with { ParentId = foreign }, NewTask() with { DependsOn = [foreign] });

        Assert.Equal(
            [new InvalidReference(0, null, ReferenceProblem.NotFound), new InvalidReference(1, 0, ReferenceProblem.NotFound)],
            Assert.IsType<SubmissionResult.InvalidReferences>(result).References.OrderBy(problem => problem.TaskIndex));
    }
}
