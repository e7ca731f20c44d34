using Orchestrator.Core.Fuses;
using Orchestrator.Storage.Fuses;
using Orchestrator.Storage.Submissions;
using Orchestrator.Storage.Turns;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>Short words for work in a workspace with fuses.</summary>
public abstract class FuseSuite(Func<Task<ITestStore>> create) : StoreConformance(create)
{
    protected const string Own = "own";

    protected async Task CreateOwnAsync(FuseSettings? fuses = null, decimal? budget = null) =>
        Assert.NotNull(await Store.Workspaces.CreateAsync(
            new WorkspaceRecord { Id = Own, Fuses = fuses ?? FuseSettings.Default, BudgetLimit = budget }, None));

    protected async Task<WorkspaceRecord> FindOwnAsync()
    {
        var workspace = await Store.Workspaces.FindAsync(Own, None);
        Assert.NotNull(workspace);
        return workspace;
    }

    protected async Task<FuseState?> FuseAsync(Fuse fuse) => (await FindOwnAsync()).FuseStates.SingleOrDefault(state => state.Fuse == fuse);

    /// <summary>A parent that runs, and children that are ready.</summary>
    protected async Task<NewTask[]> SubmitChildrenAsync(int count)
    {
        var parent = Assert.Single(await SubmitToAsync(Own, NewTask("parent"))).Id;
        Assert.Single(await TakeAsync(1, "parent"));
        NewTask[] children = [.. NewTasks(count).Select(task => task with { ParentId = parent })];
        await SubmitToAsync(Own, children);
        return children;
    }

    protected Task<TurnResult> TurnAtAsync(decimal? maxCost = null, int slots = 100) =>
        TurnAsync(slots, new ActionCapacity(Action, slots) { MaxCost = maxCost });

    protected async Task<FuseCheck> CheckAsync(TurnResult turn) => await Store.Fuses.CheckAsync(turn.Held, None);

    /// <summary>What the sweep over all workspaces does.</summary>
    protected async Task<FuseCheck> SettleCostsAsync() => await Store.Fuses.CheckAsync(await Store.Fuses.FindUnsettledAsync(100, None), None);

    protected async Task<string[]> EventsAsync() => [.. (await Store.Fuses.ReadEventsAsync(Own, 0, 1_000, None))!.Select(entry => entry.Type)];
}
