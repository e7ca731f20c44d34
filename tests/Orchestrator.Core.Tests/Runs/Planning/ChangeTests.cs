using System.Text;
using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using static Orchestrator.Core.Tests.Runs.Planning.Sample;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>What people do to a run.</summary>
public sealed class ChangeTests
{
    [Fact]
    public void Abort_CancelsWhatIsUnderWay()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Task("b"), Task("each").Each("range(0, 2)"))).Begin().Complete("a");
        run.Send(new RunEvent.Abort("enough", false));

        Assert.Equal(["b", "each[0]", "each[1]"], run.Plan.Effects.OfType<RunEffect.Cancel>().Select(effect => effect.Key.ToString()));
        Assert.Equal((RunStatus.Aborted, "enough"), (run.State.Status, run.State.Error!.Message));
        Assert.Equal("a:Completed b:Cancelled each:Cancelled", run.Steps);
        Assert.Equal("The run was aborted.", run.Refuses(new RunEvent.Abort(null, false)).Message);
    }

    [Fact]
    public void Abort_WithCompensation_UndoesBeforeItEnds()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Decision("b"))).Begin().Complete("a").Send(new RunEvent.Abort(null, true));
        Assert.Equal(["a!"], run.UnderWay.Select(key => key.ToString()));
        Assert.Equal("The run is undoing what it completed.", run.Refuses(new RunEvent.Abort(null, true)).Message);

        Assert.Equal(RunStatus.Aborted, run.Complete("a!").State.Status);
    }

    [Fact]
    public void Skip_TakesItsRoomUntilItsWorkHasEnded()
    {
        var run = new RunMachine(Run(Task("a"), Task("each").Each("range(0, 3)"), Task("b")), 3).Begin();
        Assert.Equal(["a", "each[0]", "each[1]"], run.UnderWay.Select(key => key.ToString()));

        run.Send(new RunEvent.Skip("a", Bytes("1"))).Send(new RunEvent.Skip("each", Bytes("[]")));
        Assert.Empty(run.UnderWay);
        Assert.Equal(3, run.State.InFlight);

        run.Complete("each[1]");
        Assert.Equal(["b"], run.UnderWay.Select(key => key.ToString()));
        run.Complete("each[1]").Fail("a");
        Assert.Equal(2, run.State.InFlight);
    }

    [Fact]
    public void Abort_WithCompensation_WaitsForTheEndOfWhatItGaveUp()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Task("b")), 2).Begin().Complete("a").Send(new RunEvent.Abort(null, true));
        Assert.Empty(run.UnderWay);

        run.Fail("b", ErrorCodes.Cancelled);
        Assert.Equal(["a!"], run.UnderWay.Select(key => key.ToString()));
        Assert.Equal(RunStatus.Aborted, run.Complete("a!").State.Status);
    }

    [Fact]
    public void Skip_OfTheLastStep_CompletesTheRunAtOnce()
    {
        var run = new RunMachine(Run(Task("a"))).Begin().Send(new RunEvent.Skip("a", Bytes("1")));

        Assert.Equal((RunStatus.Completed, 0), (run.State.Status, run.State.InFlight));
    }

    [Fact]
    public void Abort_WhileItIsUndone_EndsItAtOnce()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Task("b", "a"))).Begin().Complete("a").Fail("b").Send(new RunEvent.Abort(null, false));

        Assert.Equal(RunStatus.Aborted, run.State.Status);
        Assert.Empty(run.UnderWay);
    }

    [Fact]
    public void Retry_OfAFailedRun_GoesOnFromThere()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"), Task("c", "a"), Task("d", "b"))).Begin().Fail("a").Complete("b");
        Assert.Equal("a:Failed b:Completed c:Cancelled d:Cancelled", run.Steps);

        run.Send(new RunEvent.Retry("a", TimeSpan.FromSeconds(30), Bytes("""{"n":1}""")));
        Assert.Equal("a:Running b:Completed c:Pending d:Running", run.Steps);
        Assert.Equal("""a#2 {"n":1}""", run.Started[^2]);
        Assert.Equal(TimeSpan.FromSeconds(30), run.Plan.Effects.OfType<RunEffect.Start>().First().Request.Delay);
        Assert.Null(run.State.Error);

        run.Complete("a#2").Complete("c").Complete("d");
        Assert.Equal(RunStatus.Completed, run.State.Status);
        Assert.Equal(["run.failed", "run.resumed a", "step.retry a", "step.queued a", "step.queued d"], run.Told.SkipWhile(entry => entry != "run.failed").Take(5));
    }

    [Fact]
    public void Retry_OfItems_DoesThoseThatWereNotCompleted()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 4)").Input("${{ item }}")), 2).Begin().Complete("a[0]", "0").Fail("a[1]").Complete("a[2]", "2");
        Assert.Equal(RunStatus.Failed, run.State.Status);

        run.Send(new RunEvent.Retry("a", TimeSpan.Zero, null));
        Assert.Equal(["a[1]#2 1", "a[3]#2 3"], run.Started.Skip(3));

        run.Complete("a[3]#2", "3").Complete("a[1]#2", "1");
        Assert.Equal("""{"a":[0,1,2,3]}""", run.Output);
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Retry_OfOneOfTwoFailedSteps_FailsAgainWithTheOther()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"), Task("c", "a"))).Begin().Fail("a").Fail("b", message: "too");
        run.Send(new RunEvent.Retry("a", TimeSpan.Zero, null)).Complete("a#2").Complete("c");

        Assert.Equal((RunStatus.Failed, "step 'b' failed: too"), (run.State.Status, run.State.Error!.Message));
        run.Send(new RunEvent.Retry("b", TimeSpan.Zero, null)).Complete("b#2");
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Retry_OfARunThatStillFails_TakesItBack()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"), Task("c"))).Begin().Fail("a").Send(new RunEvent.Retry("a", TimeSpan.Zero, null));

        run.Complete("b").Complete("c").Complete("a#2");
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Retry_OfAStepThatWaitedElsewhere_AsksAgain()
    {
        var run = new RunMachine(Run(Task("a"), Task("b").Asks("?", 1_000))).Begin().Complete("b").Fail("a");
        Assert.Equal("a:Failed b:Cancelled", run.Steps);

        run.Send(new RunEvent.Retry("a", TimeSpan.Zero, null));
        Assert.Equal("a:Running b:Waiting", run.Steps);
        Assert.Equal(RunMachine.Start.AddSeconds(1), run.Plan.DueAt);
    }

    [Fact]
    public void Retry_WhatTheStateDoesNotAllow_IsRefused()
    {
        var run = new RunMachine(Run(Task("a").GoesOn(), Task("b", "a"), Task("each").Each("range(0, 1)"), Task("u").Undone())).Begin();
        Assert.Equal("step 'b' is pending; only a failed step is done again.", run.Refuses(new RunEvent.Retry("b", TimeSpan.Zero, null)).Message);

        run.Complete("u").Fail("a");
        Assert.Equal(
            "step 'a' is failed, and step 'b', which needs it, has begun.", run.Refuses(new RunEvent.Retry("a", TimeSpan.Zero, null)).Message);
        Assert.Equal("The run has no step 'x'.", run.Refuses(new RunEvent.Retry("x", TimeSpan.Zero, null)).Message);

        run.Fail("each[0]");
        Assert.Equal(
            "step 'each' has items, whose input cannot be given.", run.Refuses(new RunEvent.Retry("each", TimeSpan.Zero, Bytes("1"))).Message);

        run.Fail("b");
        Assert.Equal("The run is undoing what it completed.", run.Refuses(new RunEvent.Retry("b", TimeSpan.Zero, null)).Message);
        run.Complete("u!");
        Assert.Equal("The run has failed, and what it completed was undone; replay it from 'u'.", run.Refuses(new RunEvent.Retry("b", TimeSpan.Zero, null)).Message);
    }

    [Fact]
    public void Retry_AfterTheDeadline_IsRefused()
    {
        var run = new RunMachine(Run(Task("a")));
        run.Context = run.Context with { DeadlineAt = RunMachine.Start.AddMinutes(1) };
        run.Begin().Fail("a");
        run.Context = run.Context with { Now = RunMachine.Start.AddMinutes(2) };

        Assert.Equal("The time of the run is over; replay it from 'a'.", run.Refuses(new RunEvent.Retry("a", TimeSpan.Zero, null)).Message);
    }

    [Fact]
    public void Skip_OfARunningStep_CancelsItAndGoesOnWithTheOutput()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 3)").Asks("?").Undone(), Task("b", "a").Input("${{ steps.a.output }}")), 3).Begin().Complete("a[0]");
        run.Send(new RunEvent.Skip("a", Bytes("\"mine\"")));

        Assert.Equal(2, run.Plan.Effects.OfType<RunEffect.Cancel>().Count());
        Assert.Equal("b \"mine\"", run.Started[^1]);
        run.Complete("a[1]", "1").Fail("b");
        Assert.Equal("\"mine\"", run.Text("a"));
        Assert.Equal(RunStatus.Started, run.State.Status);
        run.Complete("a[2]", "1");
        Assert.Equal(RunStatus.Failed, run.State.Status);
    }

    [Fact]
    public void Skip_OfAFailedStep_StartsTheRunAgain()
    {
        var run = new RunMachine(Run(Task("a"), Task("b", "a"))).Begin().Fail("a").Send(new RunEvent.Skip("a", Bytes("1")));
        Assert.Equal("a:Completed b:Running", run.Steps);

        run.Complete("b");
        Assert.Equal(RunStatus.Completed, run.State.Status);
        Assert.Equal("The run is completed.", run.Refuses(new RunEvent.Skip("b", Bytes("1"))).Message);
    }

    [Fact]
    public void Skip_OfAStepThatHasEnded_IsRefused()
    {
        var run = new RunMachine(Run(Task("a"), Task("b").If("false"), Task("c"))).Begin().Complete("a");

        Assert.Equal("step 'a' is completed already.", run.Refuses(new RunEvent.Skip("a", Bytes("1"))).Message);
        Assert.Equal("step 'b' is skipped already.", run.Refuses(new RunEvent.Skip("b", Bytes("1"))).Message);
    }

    [Fact]
    public void Replay_FromAStep_DoesItAndWhatNeedsItAgain()
    {
        var definition = Run(Task("a"), Task("b", "a").Input("${{ steps.a.output }}"), Task("c"), Task("d", "b", "c"));
        var earlier = new RunMachine(definition).Begin().Complete("a", "1").Complete("b").Complete("c", "3").Complete("d");
        var (state, refusal) = RunPlanner.Replay(definition, earlier.State, "b");
        Assert.Null(refusal);

        var run = new RunMachine(definition) { State = state! };
        foreach (var (name, output) in earlier.Kept)
        {
            run.Kept[name] = output;
        }

        run.Begin();
        Assert.Equal("a:Completed b:Running c:Completed d:Pending", run.Steps);
        Assert.Equal(["b 1"], run.Started);
        Assert.Equal(RunStatus.Completed, run.Complete("b").Complete("d").State.Status);
    }

    [Fact]
    public void Change_BeforeTheRunHasBegun_IsRefused()
    {
        var run = new RunMachine(Run(Task("a")));

        Assert.Equal("The run has not begun.", run.Refuses(new RunEvent.Skip("a", Bytes("1"))).Message);
        Assert.Equal("The run has not begun.", run.Refuses(new RunEvent.Retry("a", TimeSpan.Zero, null)).Message);
        Assert.Equal(RunStatus.Aborted, run.Send(new RunEvent.Abort(null, false)).State.Status);
    }

    [Fact]
    public void Replay_WithItemsThatFailed_DoesThemAgainWithoutTheirArray()
    {
        var definition = Run(Task("a").Each("['x', 'y']").Input("${{ item }}").Asks("?").GoesOn(), Task("b"));
        var earlier = new RunMachine(definition, 1).Begin().Fail("a[0]").Complete("a[1]").Send(new RunEvent.Decided("a", RunDecision.Reject, null, null));
        earlier.Complete("b");
        Assert.Equal("a:Failed b:Completed", earlier.Steps);
        Assert.True(earlier.Step("a").HasKeptItems);

        var run = new RunMachine(definition) { State = RunPlanner.Replay(definition, earlier.State, "b").State! };
        run.Kept["a[1]"] = earlier.Kept["a[1]"];
        run.Begin().Send(new RunEvent.Retry("a", TimeSpan.Zero, null));
        Assert.Equal("a[0]#2 \"x\"", run.Started[^1]);
    }

    [Fact]
    public void Replay_OnAStepThatWasUndone_NamesTheStepToReplayFrom()
    {
        var definition = Run(Task("a").Undone(), Task("b", "a").Undone(), Task("c", "b"), Task("d").Undone());
        var earlier = new RunMachine(definition).Begin().Complete("a").Complete("b").Complete("d").Fail("c").Complete("d!").Complete("b!").Complete("a!");
        Assert.Equal(RunStatus.Failed, earlier.State.Status);

        Assert.Equal(
            "Step 'c' stands on step 'a', which was undone; replay from 'a'.", RunPlanner.Replay(definition, earlier.State, "c").Refusal!.Message);
        var (state, _) = RunPlanner.Replay(definition, earlier.State, "a");
        Assert.Equal("a:Running b:Pending c:Pending d:Running", new RunMachine(definition) { State = state! }.Begin().Steps);
    }

    [Fact]
    public void Replay_WhatHasNotEnded_IsRefused()
    {
        var definition = Run(Task("a"), Task("b", "a"), Task("c"));
        var earlier = new RunMachine(definition).Begin().Complete("a");

        Assert.Equal("Step 'c' is running, and is not to be done again.", RunPlanner.Replay(definition, earlier.State, "b").Refusal!.Message);
        Assert.True(RunPlanner.Replay(definition, earlier.State, "x").Refusal!.StepIsUnknown);
    }

    [Fact]
    public void Skip_BeforeWhatTheStepNeedsHasEnded_LeavesThatFree()
    {
        var run = new RunMachine(Run(Task("a"), Task("b", "a"), Task("c", "b"))).Begin().Send(new RunEvent.Skip("b", Bytes("1"))).Complete("c", "3").Fail("a");
        Assert.Equal((RunStatus.Failed, StepStatus.Completed), (run.State.Status, run.Step("b").Status));
        Assert.Null(run.Step("b").StartedAt);

        run.Send(new RunEvent.Retry("a", TimeSpan.Zero, null)).Complete("a#2", "2");
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Replay_OfAFailedRun_AlsoDoesWhatItDidNotComeTo()
    {
        var definition = Run(Task("a"), Task("b"), Task("c", "b"));
        var earlier = new RunMachine(definition, 2).Begin().Fail("a").Complete("b");
        var (state, _) = RunPlanner.Replay(definition, earlier.State, "a");

        Assert.Equal("a:Running b:Completed c:Running", new RunMachine(definition) { State = state! }.Begin().Steps);
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
