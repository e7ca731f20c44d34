using Orchestrator.Core.Runs.Definitions;
using Orchestrator.Core.Runs.Planning;
using static Orchestrator.Core.Tests.Runs.Planning.Sample;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>What begins when.</summary>
public sealed class OrderTests
{
    [Fact]
    public void Advance_Diamond_BeginsWhatHasWhatItNeeds()
    {
        var run = new RunMachine(Run(Task("a"), Task("b", "a"), Task("c", "a"), Task("d", "b", "c"))).Begin();
        Assert.Equal("a:Running b:Pending c:Pending d:Pending", run.Steps);

        run.Complete("a");
        Assert.Equal("a:Completed b:Running c:Running d:Pending", run.Steps);

        run.Complete("c");
        Assert.Equal("a:Completed b:Running c:Completed d:Pending", run.Steps);

        run.Complete("b").Complete("d", "7");
        Assert.Equal(RunStatus.Completed, run.State.Status);
        Assert.Equal("""{"d":7}""", run.Output);
        Assert.Equal(
            [
                "run.started", "step.queued a", "step.completed a", "step.queued b", "step.queued c", "step.completed c", "step.completed b",
                "step.queued d", "step.completed d", "run.completed",
            ],
            run.Told);
    }

    [Fact]
    public void Advance_StepThatIsDefinedBeforeWhatItNeeds_Waits()
    {
        var run = new RunMachine(Run(Task("a", "b"), Task("b"))).Begin();

        Assert.Equal("a:Pending b:Running", run.Steps);
        Assert.Equal("a:Running b:Completed", run.Complete("b").Steps);
    }

    [Fact]
    public void Advance_MoreThanMayRunAtOnce_BeginsInTheOrderOfTheDefinition()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"), Task("c"), Task("d")), maxParallel: 2).Begin();
        Assert.Equal("a:Running b:Running c:Pending d:Pending", run.Steps);

        Assert.Equal("a:Running b:Completed c:Running d:Pending", run.Complete("b").Steps);
    }

    [Fact]
    public void Advance_DecisionAlone_TakesNoRoom()
    {
        var run = new RunMachine(Run(Task("a"), Decision("b"), Task("c")), maxParallel: 1).Begin();

        Assert.Equal("a:Running b:Waiting c:Pending", run.Steps);
    }

    [Fact]
    public void Advance_SameEndTwice_IsHeardOnce()
    {
        var run = new RunMachine(Run(Task("a"), Task("b", "a"))).Begin().Complete("a", "1");
        run.Complete("a", "2").Fail("a").Complete("c").Complete("b[0]").Complete("b#2").Complete("b!");

        Assert.Equal("1", run.Text("a"));
        Assert.Equal("a:Completed b:Running", run.Steps);
    }

    [Fact]
    public void Advance_BegunTwice_BeginsOnce()
    {
        var run = new RunMachine(Run(Task("a"))).Begin().Begin();

        Assert.Single(run.Started);
    }

    [Fact]
    public void Advance_NoSteps_IsCompletedAtOnce()
    {
        var run = new RunMachine(Run()).Begin();

        Assert.Equal(RunStatus.Completed, run.State.Status);
        Assert.Equal("{}", run.Output);
    }

    [Fact]
    public void Advance_EventsInOnePlanOrSeveral_ComeToTheSame()
    {
        var definition = Run(Task("a"), Task("b"), Task("c", "a", "b"));
        var apart = new RunMachine(definition).Begin().Complete("a").Complete("b");
        var together = new RunMachine(definition).Send(
            new RunEvent.Begun(),
            new RunEvent.WorkEnded(WorkKey.Parse("a"), new WorkOutcome("null"u8.ToArray(), null)),
            new RunEvent.WorkEnded(WorkKey.Parse("b"), new WorkOutcome("null"u8.ToArray(), null)));

        Assert.Equal(apart.State.ToBytes(), together.State.ToBytes());
        Assert.Equal(apart.Told, together.Told);
    }

    [Fact]
    public void Advance_NoRoomForWork_HoldsTheRunAndStartsItAgain()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"))).Begin();
        run.Send(new RunEvent.WorkDeferred(WorkKey.Parse("b")));
        Assert.Equal("a:Running b:Pending", run.Steps);
        Assert.Equal(RunMachine.Start.AddSeconds(5), run.Plan.DueAt);

        Assert.Equal("a:Running b:Pending", run.After(TimeSpan.FromSeconds(4)).Steps);
        Assert.Equal("a:Running b:Running", run.After(TimeSpan.FromSeconds(1)).Steps);
        Assert.Equal(["a null", "b null", "b null"], run.Started);
        Assert.Null(run.Plan.DueAt);
    }

    [Fact]
    public void Advance_NoRoomAndOtherWorkEnds_TriesAgainAtOnce()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"))).Begin().Send(new RunEvent.WorkDeferred(WorkKey.Parse("b")));

        Assert.Equal("a:Completed b:Running", run.Complete("a").Steps);
    }

    [Fact]
    public void Advance_SubRun_IsOneThatTakesRoom()
    {
        var definition = Run(Task("a") with { Action = null, Run = new DefinitionName("acme", "other", "2") }, Task("b"));
        var run = new RunMachine(definition, maxParallel: 1).Begin();

        var start = Assert.Single(run.Plan.Effects.OfType<RunEffect.Start>());
        Assert.Equal("acme/other@2", start.Request.Run?.ToString());
        Assert.Null(start.Request.Action);
        Assert.Equal("a:Completed b:Running", run.Complete("a", "5").Steps);
    }

    [Fact]
    public void Advance_Task_HasAllThatItsStepSays()
    {
        var step = Task("a") with
        {
            MaxAttempts = 7,
            TimeoutMs = 5,
            CacheSeconds = 60,
            Priority = 900,
            Skills = ["gpu"],
            Resources = new Dictionary<string, int> { ["api"] = 2 },
        };
        var request = Assert.Single(new RunMachine(Run(step)).Begin().Plan.Effects.OfType<RunEffect.Start>()).Request;

        Assert.Equal(
            ("test.do", 7, 5, 60, 900, "gpu", 2, TimeSpan.Zero),
            (request.Action, request.MaxAttempts, request.TimeoutMs, request.CacheSeconds, request.Priority, request.Skills[0], request.Resources["api"], request.Delay));
    }

    [Fact]
    public void Items_ForWhichThereIsNoRoom_AreTriedAsOthersEndAndAFewWhenTimeHasPassed()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 100)")), 100).Begin();
        run.Send([.. run.UnderWay.Skip(2).Select(key => new RunEvent.WorkDeferred(key))]);

        run.Complete("each[0]");
        Assert.Equal((2, 101), (run.UnderWay.Count, run.Started.Count));

        run.After(TimeSpan.FromSeconds(5));
        Assert.Equal((18, true), (run.UnderWay.Count, run.Plan.LeavesWork));
        run.After(TimeSpan.Zero);
        Assert.Equal((99, false), (run.UnderWay.Count, run.Plan.LeavesWork));
    }
}
