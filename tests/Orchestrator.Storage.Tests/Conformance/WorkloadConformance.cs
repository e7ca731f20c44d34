using Orchestrator.Core.Tasks;
using Orchestrator.Storage.Activity;
using Orchestrator.Storage.Leases;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Storage.Tests.Conformance;

/// <summary>What there is to do in all workspaces together.</summary>
public abstract class WorkloadConformance(Func<Task<ITestStore>> create) : CircuitSuite(create)
{
    private const int Plenty = 1_000;

    [StoreFact]
    public async Task ReadWorkload_TasksInEveryState_AreCounted()
    {
        var first = await SubmitOneAsync();
        await SubmitAsync(NewTask() with { DependsOn = [first] }, NewTask() with { RunAt = Clock.Now.AddHours(1) }, NewTask() with { RunAt = Clock.Now.AddHours(2) });
        var parent = await TakeOneAsync();
        await SubmitAsync(NewTasks(3));
        var child = NewTask("other") with { ParentId = parent.Lease.TaskId };
        await SubmitAsync(child);
        await SettleAsync(parent, new AttemptOutcome.Awaiting([child.Id], null));
        await TakeAsync(2);

        var work = await ReadAsync();

        Assert.Equal(
            [(TaskState.Scheduled, 2), (TaskState.Blocked, 1), (TaskState.Queued, 2), (TaskState.Processing, 2), (TaskState.Waiting, 1)],
            work.Tasks.OrderBy(state => state.Key).Select(state => (state.Key, state.Value)));
        Assert.Equal((WaitingFor.Children, 1), (Assert.Single(work.Waiting).Key, work.Waiting[WaitingFor.Children]));
    }

    [StoreFact]
    public async Task ReadWorkload_ReadyTasks_AreToldByLaneWithTheRoomOfTheirWorkspace()
    {
        await CreateWorkspaceAsync("narrow", maxParallel: 3);
        await CreateWorkspaceAsync("paused");
        await SubmitToAsync("narrow", NewTasks(6));
        await TakeAsync(2);
        await SubmitToAsync("paused", NewTasks(5));
        await Store.Workspaces.PauseAsync("paused", null, None);
        await SubmitAsync(NewTask("other"), NewTask() with { Skills = ["law"] });

        var ready = (await ReadAsync()).Ready.OrderBy(lane => lane.Lane, StringComparer.Ordinal).Select(lane => (lane.Lane, lane.Tasks, lane.Room, lane.IsShortOfMoney));

        Assert.Equal([("other", 1, null, false), (Action, 4, 1, false), ($"{Action}+law", 1, default(long?), false)], ready);
    }

    [StoreFact]
    public async Task ReadWorkload_MoreThanTheBound_StopsThere()
    {
        await SubmitAsync(NewTasks(8));
        await SubmitAsync(NewTasks(8, "other"));

        var work = await Store.Activity.ReadWorkloadAsync(10, None);

        Assert.Equal(10, work.Tasks[TaskState.Queued]);
        Assert.Equal(10, work.Ready.Sum(lane => lane.Tasks));
    }

    [StoreFact]
    public async Task ReadWorkload_PausedWorkspacesAndOpenCircuits_AreCounted()
    {
        await CreateWorkspaceAsync("other");
        await CreateWorkspaceAsync("more");
        await Store.Workspaces.PauseAsync("other", null, None);
        await BreakAsync(workspace: "more");

        var work = await ReadAsync();

        Assert.Equal((3, 1), (work.Workspaces, work.PausedByHand));
        Assert.Empty(work.PausedByFuse);
        Assert.Equal((Provider, 1), (Assert.Single(work.OpenCircuits).Key, work.OpenCircuits[Provider]));
    }

    private Task<Workload> ReadAsync() => Store.Activity.ReadWorkloadAsync(Plenty, None);
}
