using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

public abstract class FairShareConformance(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    [StoreFact]
    public async Task Take_EqualWeights_SharesWithinOneGrant()
    {
        var shares = await ShareAsync(turns: 20, slotsATurn: 3, ("a", 1), ("b", 1), ("c", 1), ("d", 1));

        Assert.All(shares.Values, share => Assert.InRange(share, 14, 16));
        Assert.Equal(60, shares.Values.Sum());
    }

    [StoreFact]
    public async Task Take_UnequalWeights_SharesByWeight()
    {
        var shares = await ShareAsync(turns: 10, slotsATurn: 8, ("heavy", 3), ("light", 1));

        Assert.InRange(shares["heavy"], 58, 62);
        Assert.Equal(80, shares.Values.Sum());
    }

    [StoreFact]
    public async Task Take_UnequalWeightsInOneLargeTurn_SharesByWeight()
    {
        var shares = await ShareAsync(turns: 1, slotsATurn: 80, ("heavy", 3), ("light", 1));

        Assert.InRange(shares["heavy"], 58, 62);
    }

    [StoreFact]
    public async Task Take_FloodBesideANewcomer_LeasesTheNewcomerInTheNextTurn()
    {
        await CreateWorkspaceAsync("flood");
        await CreateWorkspaceAsync("newcomer");
        await SubmitToAsync("flood", NewTasks(500));
        await TakeAsync(100);

        await SubmitToAsync("newcomer", NewTask());

        Assert.Contains(await TakeAsync(2), task => task.Workspace == "newcomer");
    }

    [StoreFact]
    public async Task Take_WorkspaceBackFromIdling_GetsNoCreditForIt()
    {
        await CreateWorkspaceAsync("busy");
        await CreateWorkspaceAsync("idle");
        await SubmitToAsync("idle", NewTask());
        await SubmitToAsync("busy", NewTasks(300));
        await TakeAsync(200);

        await SubmitToAsync("idle", NewTasks(50));
        var claimed = await TakeAsync(20);

        Assert.InRange(claimed.Count(task => task.Workspace == "idle"), 9, 11);
    }

    [StoreFact]
    public async Task Take_NewcomerBesideAWorkspaceThatNobodyServes_GetsNoCreditFromIt()
    {
        await CreateWorkspaceAsync("stuck");
        await CreateWorkspaceAsync("old");
        await CreateWorkspaceAsync("new");
        await SubmitToAsync("stuck", NewTask("served.by-nobody"));
        await SubmitToAsync("old", NewTasks(300));
        await TakeAsync(200);

        await SubmitToAsync("new", NewTasks(100));
        var claimed = await TakeAsync(20);

        Assert.InRange(claimed.Count(task => task.Workspace == "new"), 9, 11);
    }

    [StoreFact]
    public async Task Take_WorkspaceResumedAfterLong_IsBehindByNoMoreThanATurn()
    {
        await CreateWorkspaceAsync("paused");
        await CreateWorkspaceAsync("other");
        await SubmitToAsync("paused", NewTasks(100));
        await Store.Workspaces.PauseAsync("paused", null, None);
        await SubmitToAsync("other", NewTasks(300));
        await TakeAsync(250);

        await Store.Workspaces.ResumeAsync("paused", None);
        await TakeAsync(20);
        var claimed = await TakeAsync(20);

        Assert.InRange(claimed.Count(task => task.Workspace == "other"), 9, 11);
    }

    [StoreFact]
    public async Task Take_FirstAndLastMomentThereAre_DoNotStopTurns()
    {
        await SubmitAsync(NewTask() with { RunAt = DateTimeOffset.MinValue }, NewTask() with { DeadlineAt = DateTimeOffset.MaxValue });

        Assert.Equal(2, (await TakeAsync()).Count);
        await Store.Reminders.FindNextDueAsync(None);
    }

    [StoreFact]
    public async Task Take_LittleWorkBesideAFlood_GivesTheUnusedShareToTheFlood()
    {
        await CreateWorkspaceAsync("flood");
        await CreateWorkspaceAsync("little");
        await SubmitToAsync("flood", NewTasks(100));
        await SubmitToAsync("little", NewTasks(2));

        var first = await TakeAsync(40);

        Assert.Equal(40, first.Count);
        Assert.Equal(2, first.Count(task => task.Workspace == "little"));
    }

    private async Task<Dictionary<string, int>> ShareAsync(int turns, int slotsATurn, params (string Id, double Weight)[] workspaces)
    {
        foreach (var (id, weight) in workspaces)
        {
            await CreateWorkspaceAsync(id, weight);
            await SubmitToAsync(id, NewTasks(100));
        }

        var shares = workspaces.ToDictionary(workspace => workspace.Id, _ => 0);
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var task in await TakeAsync(slotsATurn))
            {
                shares[task.Workspace]++;
            }
        }

        return shares;
    }
}
