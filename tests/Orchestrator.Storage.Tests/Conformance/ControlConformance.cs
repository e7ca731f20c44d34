using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class ControlConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Cancel_LiveTaskInEachState_EndsIt()
    {
        var running = await SubmitOneAsync();
        await TakeOneAsync();
        var queued = await SubmitOneAsync();
        var scheduled = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddHours(1) });
        var blocked = await SubmitOneAsync(NewTask() with { DependsOn = [queued] });

        foreach (var id in new[] { blocked, scheduled, queued, running })
        {
            Assert.Equal([id], await CancelAsync(id));
            var record = await FindAsync(id);
            Assert.Equal(TaskState.Cancelled, record.State);
            Assert.Equal(ErrorCodes.Cancelled, record.Error?.Code);
            Assert.Equal(Clock.Now, record.FinishedAt);
            Assert.Equal("cancelled", (await HistoryAsync(id))[^1]);
        }

        Assert.Empty(await TakeAsync());
    }

    [StoreFact]
    public async Task Cancel_Parent_CancelsItsDescendantsAndNobodyElse()
    {
        var parent = await SubmitOneAsync();
        var child = await SubmitOneAsync(NewTask() with { ParentId = parent });
        var grandchild = await SubmitOneAsync(NewTask() with { ParentId = child });
        var sibling = await SubmitOneAsync();

        Assert.Equal(new[] { parent, child, grandchild }.Order(), (await CancelAsync(parent)).Order());

        Assert.Equal(TaskState.Cancelled, await StateAsync(grandchild));
        Assert.Equal(ErrorCodes.Cancelled, (await FindAsync(grandchild)).Error?.Code);
        Assert.Equal(TaskState.Queued, await StateAsync(sibling));
    }

    [StoreFact]
    public async Task Cancel_ParentWithARunningAndAnEndedChild_CancelsTheRunningOne()
    {
        var parent = await SubmitOneAsync(NewTask("parent"));
        var ended = await SubmitEndedAsync(Completed(), NewTask() with { ParentId = parent });
        var running = await SubmitOneAsync(NewTask() with { ParentId = parent });
        var claimed = await TakeOneAsync();

        Assert.Equal(new[] { parent, running }.Order(), (await CancelAsync(parent)).Order());

        Assert.Equal(TaskState.Completed, await StateAsync(ended));
        Assert.Equal([claimed.Lease], Store.Leases.Renew([claimed.Lease], Lease));
    }

    [StoreFact]
    public async Task Cancel_Dependency_CancelsDependantsThatDoNotRunWithoutIt()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });
        var third = await SubmitOneAsync(NewTask() with { DependsOn = [second] });
        var stubborn = await SubmitOneAsync(NewTask() with { DependsOn = [first], OnDependencyFailure = DependencyFailureAction.Run });

        Assert.Equal(new[] { first, second, third }.Order(), (await CancelAsync(first)).Order());

        Assert.Equal(ErrorCodes.DependencyFailed, (await FindAsync(third)).Error?.Code);
        Assert.Equal(TaskState.Queued, await StateAsync(stubborn));
        Assert.Equal(stubborn, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Cancel_WhileOthersEnded_AnswersOnlyWhatItCancelled()
    {
        var unrelated = await SubmitOneAsync();
        var waiting = await SubmitOneAsync(NewTask() with { DependsOn = [unrelated] });
        await SettleAsync(await TakeOneAsync(), Completed());
        var id = await SubmitOneAsync();

        Assert.Equal([id], await CancelAsync(id));

        await ResolveAsync();
        Assert.Equal(TaskState.Queued, await StateAsync(waiting));
    }

    [StoreFact]
    public async Task Cancel_EndedTask_SaysHowItEnded()
    {
        var completed = await SubmitEndedAsync(Completed());
        var failed = await SubmitEndedAsync(Failed());
        var cancelled = await SubmitCancelledAsync();

        foreach (var (id, state) in new[] { (completed, TaskState.Completed), (failed, TaskState.Failed), (cancelled, TaskState.Cancelled) })
        {
            Assert.Equal(new CancelResult.AlreadyEnded(state), await Store.Control.CancelAsync(id, None));
            Assert.Equal(state, await StateAsync(id));
        }
    }

    [StoreFact]
    public async Task CancelAndPatch_UnknownTask_AreNotFound()
    {
        Assert.IsType<CancelResult.NotFound>(await Store.Control.CancelAsync(Guid.NewGuid(), None));
        Assert.Equal(PatchResult.NotFound, await Store.Control.PatchAsync(Guid.NewGuid(), new TaskPatch { Score = 1 }, None));
    }

    [StoreFact]
    public async Task Patch_EveryField_ChangesItAndNothingElse()
    {
        var task = NewTask() with { Score = 100, Tags = ["old"], Input = Json("1"), Name = "name" };
        await SubmitAsync(task);

        await PatchAsync(task.Id, new TaskPatch { Score = 900 });
        await PatchAsync(task.Id, new TaskPatch { Tags = ["new", "er"] });
        await PatchAsync(task.Id, new TaskPatch { Input = Json("{ \"two\": 2 }") });
        await PatchAsync(task.Id, new TaskPatch());

        var record = await FindAsync(task.Id);
        Assert.Equal(900, record.Score);
        Assert.Equal(["new", "er"], record.Tags);
        Assert.Equal("name", record.Name);
        Assert.Equal(TaskState.Queued, record.State);
        Assert.Equal("{ \"two\": 2 }", Text((await TakeOneAsync()).Input));
    }

    [StoreFact]
    public async Task Patch_Score_ChangesTheOrder()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync();

        await PatchAsync(second, new TaskPatch { Score = 1000 });

        Assert.Equal([second, first], (await TakeAsync()).Select(task => task.Lease.TaskId));
    }

    [StoreFact]
    public async Task Patch_RunAt_ReschedulesThereAndBack()
    {
        var id = await SubmitOneAsync();

        await PatchAsync(id, new TaskPatch { RunAt = Clock.Now.AddHours(1) });
        Assert.Equal(TaskState.Scheduled, await StateAsync(id));
        Assert.Empty(await TakeAsync());

        await PatchAsync(id, new TaskPatch { RunAt = Clock.Now });
        Assert.Equal(TaskState.Queued, await StateAsync(id));
        Assert.Equal(["submitted", "queued", "scheduled", "queued"], await HistoryAsync(id));
        Assert.Equal(id, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Patch_BlockedTask_StaysBlockedAndKeepsTheChange()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });

        await PatchAsync(second, new TaskPatch { RunAt = Clock.Now.AddHours(1), Score = 5 });

        Assert.Equal(TaskState.Blocked, await StateAsync(second));
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();
        Assert.Equal(TaskState.Scheduled, await StateAsync(second));
        Assert.Equal(5, (await FindAsync(second)).Score);
    }

    [StoreFact]
    public async Task Patch_TaskThatHasStarted_IsRefused()
    {
        var running = await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        Assert.Equal(PatchResult.AlreadyStarted, await Store.Control.PatchAsync(running, new TaskPatch { Score = 1 }, None));

        await SettleAsync(claimed, Retried());
        Assert.Equal(PatchResult.AlreadyStarted, await Store.Control.PatchAsync(running, new TaskPatch { Score = 1 }, None));

        await SettleAsync(await TakeOneAsync(), Completed());
        Assert.Equal(PatchResult.AlreadyStarted, await Store.Control.PatchAsync(running, new TaskPatch { Input = Json("2") }, None));
        Assert.Equal("null", Text(await Store.Tasks.FindInputAsync(running, None)));
    }

    private async Task<IReadOnlyList<Guid>> CancelAsync(Guid id) =>
        Assert.IsType<CancelResult.Done>(await Store.Control.CancelAsync(id, None)).Cancelled;

    private async Task PatchAsync(Guid id, TaskPatch patch) =>
        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(id, patch, None));
}
