using Orchestrator.Core.Tasks;

namespace Orchestrator.Core.Tests.Tasks;

public sealed class TaskLifecycleTests
{
    public static TheoryData<TaskState> TerminalStates => [TaskState.Completed, TaskState.Failed, TaskState.Cancelled];

    public static TheoryData<TaskState> LiveStates =>
        [TaskState.Scheduled, TaskState.Blocked, TaskState.Queued, TaskState.Processing, TaskState.Waiting];

    [Fact]
    public void Edges_All_AreDistinct() =>
        Assert.Equal(TaskLifecycle.Edges.Count, TaskLifecycle.Edges.Distinct().Count());

    [Fact]
    public void Allows_EveryTriple_AgreesWithTheTable()
    {
        TaskState?[] origins = [null, .. Enum.GetValues<TaskState>().Cast<TaskState?>()];
        foreach (var from in origins)
        {
            foreach (var to in Enum.GetValues<TaskState>())
            {
                foreach (var trigger in Enum.GetValues<TaskTrigger>())
                {
                    var listed = TaskLifecycle.Edges.Contains(new TaskEdge(from, to, trigger));
                    Assert.Equal(listed, TaskLifecycle.Allows(from, trigger, to));
                }

                Assert.Equal(TaskLifecycle.Edges.Any(edge => edge.From == from && edge.To == to), TaskLifecycle.Allows(from, to));
            }
        }
    }

    [Theory]
    [MemberData(nameof(TerminalStates))]
    public void Terminal_State_HasNoExit(TaskState state)
    {
        Assert.True(state.IsTerminal());
        Assert.DoesNotContain(TaskLifecycle.Edges, edge => edge.From == state);
    }

    [Theory]
    [MemberData(nameof(LiveStates))]
    public void Live_State_CanBeCancelledAndCanMissItsDeadline(TaskState state)
    {
        Assert.False(state.IsTerminal());
        Assert.True(TaskLifecycle.Allows(state, TaskTrigger.CancelRequested, TaskState.Cancelled));
        Assert.True(TaskLifecycle.Allows(state, TaskTrigger.DeadlinePassed, TaskState.Failed));
    }

    [Theory]
    [MemberData(nameof(LiveStates))]
    public void Live_State_CanReachEveryTerminalState(TaskState state)
    {
        var reached = new HashSet<TaskState> { state };
        while (TaskLifecycle.Edges.FirstOrDefault(edge => edge.From is { } from && reached.Contains(from) && !reached.Contains(edge.To)) is { From: not null } edge)
        {
            reached.Add(edge.To);
        }

        Assert.Superset(new HashSet<TaskState> { TaskState.Completed, TaskState.Failed, TaskState.Cancelled }, reached);
    }

    [Fact]
    public void Processing_State_IsEnteredOnlyByAClaim() =>
        Assert.Equal(
            [new TaskEdge(TaskState.Queued, TaskState.Processing, TaskTrigger.Claimed)],
            TaskLifecycle.Edges.Where(edge => edge.To == TaskState.Processing));

    [Fact]
    public void Every_Trigger_MovesSomething() =>
        Assert.Equal(Enum.GetValues<TaskTrigger>().Order(), TaskLifecycle.Edges.Select(edge => edge.Trigger).Distinct().Order());

    [Fact]
    public void IsPending_OfEachState_IsTrueBeforeTheFirstAttempt() =>
        Assert.Equal(
            [TaskState.Scheduled, TaskState.Blocked, TaskState.Queued],
            Enum.GetValues<TaskState>().Where(state => state.IsPending()));
}
