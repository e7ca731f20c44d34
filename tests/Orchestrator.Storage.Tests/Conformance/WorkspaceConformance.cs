using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class WorkspaceConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Find_Default_ExistsFromTheStart()
    {
        var workspace = await Store.Workspaces.FindAsync(Default, None);

        Assert.NotNull(workspace);
        Assert.Equal(1, workspace.Weight);
        Assert.Null(workspace.MaxParallel);
        Assert.False(workspace.Paused);
    }

    [StoreFact]
    public async Task Create_NewId_ComesBackWithEveryField()
    {
        var created = await Store.Workspaces.CreateAsync(
            new WorkspaceRecord { Id = "team", Name = "The \"team\"", Goal = "écrire", Weight = 2.5, MaxParallel = 10 }, None);

        var expected = new WorkspaceRecord
        {
            Id = "team",
            Name = "The \"team\"",
            Goal = "écrire",
            Weight = 2.5,
            MaxParallel = 10,
            CreatedAt = Clock.Now,
            UpdatedAt = Clock.Now,
        };
        Assert.Equal(expected, created);
        Assert.Equal(expected, await Store.Workspaces.FindAsync("team", None));
    }

    [StoreFact]
    public async Task Create_TakenId_IsNullAndChangesNothing()
    {
        await CreateWorkspaceAsync("team");

        Assert.Null(await Store.Workspaces.CreateAsync(new WorkspaceRecord { Id = "team", Weight = 9 }, None));

        Assert.Equal(1, (await Store.Workspaces.FindAsync("team", None))!.Weight);
    }

    [StoreFact]
    public async Task UnknownWorkspace_EveryMethod_SaysSo()
    {
        Assert.Null(await Store.Workspaces.FindAsync("nowhere", None));
        Assert.Null(await Store.Workspaces.UpdateAsync("nowhere", workspace => workspace, None));
        Assert.Null(await Store.Workspaces.PauseAsync("nowhere", null, None));
        Assert.Null(await Store.Workspaces.ResumeAsync("nowhere", None));
        Assert.Equal(WorkspaceDeletion.NotFound, await Store.Workspaces.DeleteAsync("nowhere", None));
    }

    [StoreFact]
    public async Task List_Several_IsOrderedByIdInPages()
    {
        foreach (var id in new[] { "b", "a-1", "a", "c" })
        {
            await CreateWorkspaceAsync(id);
        }

        Assert.Equal(["a", "a-1", "b"], await ListAsync(after: null, 3));
        Assert.Equal(["c", Default], await ListAsync(after: "b", 3));
        Assert.Empty(await ListAsync(after: Default, 3));
    }

    [StoreFact]
    public async Task Update_Change_ReplacesItsFieldsOnly()
    {
        await CreateWorkspaceAsync("team", maxParallel: 5);
        var created = Clock.Now;
        await Store.Workspaces.PauseAsync("team", null, None);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        var updated = await Store.Workspaces.UpdateAsync("team", before => before with { Name = "n", Goal = "g", Weight = 4, MaxParallel = null }, None);

        var expected = new WorkspaceRecord
        {
            Id = "team",
            Name = "n",
            Goal = "g",
            Weight = 4,
            Paused = true,
            CreatedAt = created,
            UpdatedAt = Clock.Now,
        };
        Assert.Equal(expected, updated);
        Assert.Equal(expected, await Store.Workspaces.FindAsync("team", None));
    }

    [StoreFact]
    public async Task Update_ManyAtTheSameTime_LosesNone()
    {
        await CreateWorkspaceAsync("team");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => Store.Workspaces.UpdateAsync("team", before => before with { Weight = before.Weight + 1 }, None))));

        Assert.Equal(21, (await Store.Workspaces.FindAsync("team", None))!.Weight);
    }

    [StoreFact]
    public async Task PauseAndResume_Workspace_ShowOnIt()
    {
        var until = Clock.Now.AddMinutes(15);

        var paused = await Store.Workspaces.PauseAsync(Default, until, None);
        Assert.True(paused!.Paused);
        Assert.Equal(until, paused.PausedUntil);

        var resumed = await Store.Workspaces.ResumeAsync(Default, None);
        Assert.False(resumed!.Paused);
        Assert.Null(resumed.PausedUntil);
    }

    [StoreFact]
    public async Task Pause_RunningAttempts_GoOn()
    {
        await SubmitOneAsync();
        var claimed = await TakeOneAsync();
        await Store.Workspaces.PauseAsync(Default, null, None);

        Assert.Empty(Store.Leases.Renew([claimed.Lease], Lease));
        Assert.Equal(Leases.SettlementResult.Accepted, await SettleAsync(claimed, Completed()));
    }

    [StoreFact]
    public async Task Delete_WithLiveTasks_IsRefused()
    {
        await CreateWorkspaceAsync("team");
        var id = Assert.Single(await SubmitToAsync("team", NewTask())).Id;

        Assert.Equal(WorkspaceDeletion.HasLiveTasks, await Store.Workspaces.DeleteAsync("team", None));

        Assert.NotNull(await Store.Tasks.FindAsync(id, None));
    }

    [StoreFact]
    public async Task Delete_WithEndedTasks_TakesTheirHistoryAndReceiptsAlong()
    {
        await CreateWorkspaceAsync("team");
        var task = NewTask();
        var key = new IdempotencyKey("k", new byte[32]);
        await TrySubmitAsync(new Submission("team", [task], key));
        await SettleAsync(await TakeOneAsync(), Completed());
        await ResolveAsync();

        Assert.Equal(WorkspaceDeletion.Deleted, await Store.Workspaces.DeleteAsync("team", None));

        Assert.Null(await Store.Workspaces.FindAsync("team", None));
        Assert.Null(await Store.Tasks.FindAsync(task.Id, None));
        Assert.Null(await Store.Tasks.ReadHistoryAsync(task.Id, 0, 10, None));
        await CreateWorkspaceAsync("team");
        Assert.IsType<SubmissionResult.Accepted>(await TrySubmitAsync(new Submission("team", [NewTask()], key)));
    }

    [StoreFact]
    public async Task CountTasks_OfSome_CountsEachAloneAndTheQueuedToTheBound()
    {
        foreach (var id in new[] { "busy", "idle", "other" })
        {
            await CreateWorkspaceAsync(id);
        }

        await SubmitToAsync("busy", NewTasks(WorkspaceCounts.MostQueued + 5));
        await TakeAsync(3);
        await SubmitToAsync("other", NewTask());
        await SubmitToAsync("busy", NewTask() with { RunAt = Clock.Now.AddDays(1) });

        var counts = await Store.Workspaces.CountTasksAsync(["busy", "idle", Default, "nowhere"], None);

        Assert.Equal([("busy", 3, WorkspaceCounts.MostQueued), (Default, 0, 0), ("idle", 0, 0)], counts.Select(one => (one.Key, one.Value.Running, one.Value.Queued)).Order());
    }

    private async Task<IEnumerable<string>> ListAsync(string? after, int limit) =>
        (await Store.Workspaces.ListAsync(after, limit, None)).Select(workspace => workspace.Id);
}
