using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using static Orchestrator.Core.Tests.Runs.Planning.Sample;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>Runs that cannot be carried on.</summary>
public sealed class BreakageTests
{
    private static readonly TaskError Error = TaskError.Of(ErrorCodes.WorkerError, "broken");

    [Fact]
    public void Break_WithWorkUnderWay_GivesItUpAndFails()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"), Task("c", "a")), 2).Begin().Complete("a", "1");

        var plan = RunPlanner.Break(run.State, Error, DateTimeOffset.UnixEpoch);

        Assert.Equal((RunStatus.Failed, true, 0), (plan.State.Status, plan.State.IsBroken, plan.State.InFlight));
        Assert.Equal([StepStatus.Completed, StepStatus.Cancelled, StepStatus.Cancelled], plan.State.Steps.Select(static step => step.Status));
        Assert.Equal(["b", "c"], plan.Effects.OfType<RunEffect.Cancel>().Select(static cancel => cancel.Key.ToString()).Order());
        Assert.Equal(RunEventTypes.RunFailed, plan.Effects.OfType<RunEffect.Tell>().Last().Type);
        Assert.Equal(plan.State.ToBytes(), RunState.Parse(plan.State.ToBytes()).ToBytes());
        Assert.True(RunState.Parse(plan.State.ToBytes()).IsBroken);
    }

    [Fact]
    public void Break_OfItems_LeavesNoneUnderWay()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 3)")), 2).Begin();

        var plan = RunPlanner.Break(run.State, Error, DateTimeOffset.UnixEpoch);

        Assert.Equal(0, plan.State.InFlight);
        Assert.All(plan.State.Steps[0].Items!, static item => Assert.Equal(StepStatus.Cancelled, item));
    }

    [Fact]
    public void Change_OfABrokenRun_IsRefused()
    {
        var definition = Run(Task("a"));
        var run = new RunMachine(definition).Begin();
        var broken = RunPlanner.Break(run.State, Error, DateTimeOffset.UnixEpoch).State;
        var context = new RunContext
        {
            RunId = Guid.Empty,
            Workspace = "w",
            Input = "1"u8.ToArray(),
            MaxParallel = 1,
            StartedAt = DateTimeOffset.UnixEpoch,
            Now = DateTimeOffset.UnixEpoch,
        };

        var plan = RunPlanner.Advance(definition, broken, [new RunEvent.Skip("a", "1"u8.ToArray())], context);

        Assert.Equal("The run has failed, because it could not be carried on.", plan.Refusal!.Message);
    }
}
