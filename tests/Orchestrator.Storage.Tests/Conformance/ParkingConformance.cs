using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Tasks;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>A turn takes empty and full workspaces out of the dispatchable set; whatever makes one dispatchable again must put it back.</summary>
public abstract class ParkingConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Take_SubmissionAfterAnEmptyTurn_IsLeased()
    {
        await ParkAsync();

        var id = await SubmitOneAsync();

        Assert.Equal(id, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_RetryAtOnceAfterAnEmptyTurn_IsLeased()
    {
        await SubmitOneAsync();
        var running = await TakeOneAsync();
        Assert.Empty(await TakeAsync());

        await SettleAsync(running, Retried());

        Assert.Equal(2, (await TakeOneAsync()).Attempt);
    }

    [StoreFact]
    public async Task Take_HandedBackAfterAnEmptyTurn_IsLeased()
    {
        await SubmitOneAsync();
        var running = await TakeOneAsync();
        Assert.Empty(await TakeAsync());

        await SettleAsync(running, new Leases.AttemptOutcome.HandedBack());

        Assert.Equal(1, (await TakeOneAsync()).Attempt);
    }

    [StoreFact]
    public async Task Take_DueAfterAnEmptyTurn_IsLeased()
    {
        var id = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddSeconds(10) });
        Assert.Empty(await TakeAsync());
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([id], await Store.Reminders.FireDueAsync(10, None));

        Assert.Equal(id, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_DependantReleasedAfterAnEmptyTurn_IsLeased()
    {
        var first = await SubmitOneAsync();
        var second = await SubmitOneAsync(NewTask() with { DependsOn = [first] });
        var running = await TakeOneAsync();
        Assert.Empty(await TakeAsync());

        await SettleAsync(running, Completed());
        await ResolveAsync();

        Assert.Equal(second, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_RescheduledToNowAfterAnEmptyTurn_IsLeased()
    {
        var id = await SubmitOneAsync(NewTask() with { RunAt = Clock.Now.AddHours(1) });
        Assert.Empty(await TakeAsync());

        Assert.Equal(PatchResult.Patched, await Store.Control.PatchAsync(id, new TaskPatch { RunAt = Clock.Now }, None));

        Assert.Equal(id, (await TakeOneAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_AtLimitThenOneCancelled_LeasesAnother()
    {
        await FillLimitAsync();
        var running = (await Store.Tasks.ListAsync(new TaskQuery("one", 10) { State = TaskState.Processing }, None))!;

        await Store.Control.CancelAsync(Assert.Single(running).Id, None);

        Assert.Single(await TakeEverythingAsync());
    }

    [StoreFact]
    public async Task Take_AtLimitThenOneRetriedLater_LeasesAnother()
    {
        var running = await FillLimitAsync();

        await SettleAsync(running, Retried(TimeSpan.FromMinutes(1)));

        Assert.NotEqual(running.Lease.TaskId, Assert.Single(await TakeEverythingAsync()).Lease.TaskId);
    }

    [StoreFact]
    public async Task Take_AtLimitThenLeaseExpired_LeasesAnother()
    {
        var running = await FillLimitAsync();
        await Clock.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        Assert.Empty(await TakeEverythingAsync());

        await SettleAsync(running, Failed(ErrorCodes.HeartbeatMissed), ofExpiredLease: true);

        Assert.Single(await TakeEverythingAsync());
    }

    [StoreFact]
    public async Task Take_AtLimitThenDeadlinePassed_LeasesAnother()
    {
        await CreateWorkspaceAsync("one", maxParallel: 1);
        var overdue = NewTask() with { DeadlineAt = Clock.Now.AddSeconds(5), Score = 1000 };
        await SubmitToAsync("one", overdue, NewTask());
        Assert.Equal(overdue.Id, Assert.Single(await TakeEverythingAsync()).Lease.TaskId);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([overdue.Id], await Store.Reminders.FailOverdueAsync(10, None));

        Assert.Single(await TakeEverythingAsync());
    }

    private async Task ParkAsync()
    {
        await SubmitEndedAsync(Completed());
        Assert.Empty(await TakeAsync());
    }

    /// <summary>A workspace that may run one task runs it, has more, and a turn has found it full.</summary>
    private async Task<Turns.ClaimedTask> FillLimitAsync()
    {
        await CreateWorkspaceAsync("one", maxParallel: 1);
        await SubmitToAsync("one", NewTasks(5));
        var running = Assert.Single(await TakeEverythingAsync());
        Assert.Empty(await TakeEverythingAsync());
        return running;
    }
}
