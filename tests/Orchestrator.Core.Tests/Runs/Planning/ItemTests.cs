using Orchestrator.Core.Runs.Planning;
using static Orchestrator.Core.Tests.Runs.Planning.Sample;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>Steps for each item of an array.</summary>
public sealed class ItemTests
{
    [Fact]
    public void Items_MoreThanOnePlanMayStart_AreStartedByTheNextLooks()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 1100)")), 2_000).Begin();
        Assert.Equal((500, true), (run.UnderWay.Count, run.Plan.LeavesWork));

        run.After(TimeSpan.Zero);
        Assert.Equal((1_000, true), (run.UnderWay.Count, run.Plan.LeavesWork));
        run.After(TimeSpan.Zero);
        Assert.Equal((1_100, false), (run.UnderWay.Count, run.Plan.LeavesWork));
    }

    [Fact]
    public void Items_WithLargeInputs_AreStartedAFewAtATime()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 20)").Input("${{ run.input }}")), 100, $"\"{new string('x', 1_000_000)}\"").Begin();
        Assert.Equal((9, true), (run.UnderWay.Count, run.Plan.LeavesWork));

        run.After(TimeSpan.Zero).After(TimeSpan.Zero);
        Assert.Equal((20, false), (run.UnderWay.Count, run.Plan.LeavesWork));
    }

    [Fact]
    public void Items_OfAStepThatHasEnded_ArePendingNoMore()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 3)"), Decision("b")), 1).Begin().Fail("a[0]");
        Assert.Equal([StepStatus.Failed, StepStatus.Cancelled, StepStatus.Cancelled], run.Step("a").Items!);

        run.Send(new RunEvent.Retry("a", TimeSpan.Zero, null));
        Assert.Equal([StepStatus.Running, StepStatus.Pending, StepStatus.Pending], run.Step("a").Items!);
        run.Send(new RunEvent.Skip("a", "1"u8.ToArray()));
        Assert.Equal([StepStatus.Running, StepStatus.Cancelled, StepStatus.Cancelled], run.Step("a").Items!);
    }

    [Fact]
    public void Outcome_OfTheCache_IsToldAsSuch()
    {
        var run = new RunMachine(Run(Task("a"), Task("each", "a").Each("range(0, 1)"))).Begin();
        run.Send(new RunEvent.WorkEnded(WorkKey.Parse("a"), new WorkOutcome("1"u8.ToArray(), null, IsCached: true)));
        run.Send(new RunEvent.WorkEnded(WorkKey.Parse("each[0]"), new WorkOutcome("1"u8.ToArray(), null, IsCached: true)));

        Assert.Equal(["""{"cached":true}""", """{"cached":true}""", null], run.History.Where(entry => entry.Type == "step.completed").Select(entry => entry.Data));
    }

    [Fact]
    public void Advance_Items_BeginInTheirOrderWithinTheBoundAndTheirOutputIsAnArray()
    {
        var run = new RunMachine(Run(Task("each").Each("run.input.all").Input(new { text = "${{ item }}", n = "${{ index }}" })), 2, """{"all":["x","y","z"]}""");
        run.Begin();
        Assert.Equal(["""each[0] {"text":"x","n":0}""", """each[1] {"text":"y","n":1}"""], run.Started);

        run.Complete("each[1]", "\"Y\"");
        Assert.Equal("""each[2] {"text":"z","n":2}""", run.Started[^1]);

        run.Complete("each[2]", "\"Z\"").Complete("each[0]", "\"X\"");
        Assert.Equal("""{"each":["X","Y","Z"]}""", run.Output);
        Assert.Equal(
            [
                "run.started", "step.queued each[0]", "step.queued each[1]", "step.completed each[1]", "step.queued each[2]", "step.completed each[2]",
                "step.completed each[0]", "step.completed each", "run.completed",
            ],
            run.Told);
    }

    [Fact]
    public void Advance_ItemsWithABoundOfTheirOwn_LeaveRoomForOthers()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 5)", maxParallel: 2), Task("b")), 3).Begin();

        Assert.Equal(["each[0]", "each[1]", "b"], run.UnderWay.Select(key => key.ToString()));
    }

    [Fact]
    public void Advance_LongList_HoldsBackWhatComesAfterItAndNothingBefore()
    {
        var run = new RunMachine(Run(Task("a", "c"), Task("each").Each("range(0, 9)"), Task("c"), Task("d")), 2).Begin();
        Assert.Equal(["each[0]", "each[1]"], run.UnderWay.Select(key => key.ToString()));

        for (var item = 0; item < 7; item++)
        {
            run.Complete($"each[{item}]");
        }

        Assert.Equal(["each[7]", "each[8]"], run.UnderWay.Select(key => key.ToString()));
        Assert.Equal("a:Pending each:Running c:Running d:Pending", run.Complete("each[7]").Steps);
        Assert.Equal("a:Running each:Running c:Completed d:Pending", run.Complete("c").Steps);
    }

    [Fact]
    public void Advance_NoItems_AreCompletedWithAnEmptyArray()
    {
        var run = new RunMachine(Run(Task("each").Each("[]"), Task("b", "each").Input("${{ steps.each.output }}"))).Begin();

        Assert.Equal(["b []"], run.Started);
    }

    [Theory]
    [InlineData("run.input.text", "foreach: is no array.")]
    [InlineData("run.input.many", "foreach: has more than 10000 items.")]
    public void Advance_WhatIsNoListOfItems_FailsTheStep(string items, string message)
    {
        var run = new RunMachine(Run(Task("each").Each(items)), input: $$"""{"text":"x","many":[{{string.Join(',', Enumerable.Repeat('0', 10_001))}}]}""").Begin();

        Assert.Equal(("invalid_input", message), (run.Step("each").Error!.Code, run.Step("each").Error!.Message));
        Assert.Equal($"step 'each' failed: {message}", run.State.Error!.Message);
        Assert.Equal(RunStatus.Failed, run.State.Status);
    }

    [Fact]
    public void Advance_ItemFails_StopsTheOthersAndFailsTheStepOnceTheyHaveEnded()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 9)")), 2).Begin().Fail("each[1]");
        Assert.Equal("each:Running", run.Steps);
        Assert.Equal(["each[0]"], run.UnderWay.Select(key => key.ToString()));

        run.Complete("each[0]");
        Assert.Equal("item 1: broke", run.Step("each").Error!.Message);
        Assert.Equal(RunStatus.Failed, run.State.Status);
        Assert.Equal("step 'each' failed: item 1: broke", run.State.Error!.Message);
    }

    [Fact]
    public void Advance_ItemFailsWhereTheStepGoesOn_HasNoOutput()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 3)").GoesOn())).Begin();
        run.Complete("each[0]", "1").Fail("each[1]").Complete("each[2]", "3");

        Assert.Equal(RunStatus.Completed, run.State.Status);
        Assert.Equal("""{"each":[1,null,3]}""", run.Output);
    }

    [Fact]
    public void Advance_ItemsThatDoNotBeginAtOnce_AreReadInParts()
    {
        var items = string.Join(',', Enumerable.Range(0, 250).Select(item => $"\"{item}\""));
        var run = new RunMachine(Run(Task("list"), Task("each", "list").Each("steps.list.output").Input("${{ item }}")), 3).Begin();

        run.Complete("list", $"[{items}]");
        Assert.Empty(run.Loaded);
        for (var item = 0; item < 250; item++)
        {
            Assert.Equal($"each[{item}] \"{item}\"", run.Started[item + 1]);
            run.Complete($"each[{item}]");
            Assert.All(run.Loaded, name => Assert.StartsWith("each", name, StringComparison.Ordinal));
        }

        Assert.Equal(["each.items[0]", "each.items[1]", "each.items[2]"], run.Kept.Keys.Where(name => name.Contains('.', StringComparison.Ordinal)));
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Advance_ItemsThatAllBeginAtOnce_AreNotKept()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 10)").Input("${{ item }}"))).Begin();
        Assert.Empty(run.Kept);

        run.Send(new RunEvent.WorkDeferred(WorkKey.Parse("each[4]"))).After(TimeSpan.FromSeconds(5));
        Assert.Equal("each[4] 4", run.Started[^1]);
    }

    [Fact]
    public void Advance_OutputsOfItemsThatNobodyReads_AreNotLoaded()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 3)"), Task("b", "each"), Task("c", "each").Input("${{ steps.each.output[1] }}")), 3).Begin();
        run.Complete("each[0]").Complete("each[1]", "5");
        Assert.Empty(run.Loaded);

        run.Complete("each[2]");
        Assert.Equal(["each[0]", "each[1]"], run.Loaded.Order());
        Assert.Equal("c 5", run.Started[^1]);
    }

    [Fact]
    public void Advance_MappedOutputOfAnItem_ReadsItsAnswerAndItsItem()
    {
        var step = Task("each").Each("run.input.all").Output(new { was = "${{ item }}", now = "${{ output.text }}", at = "${{ index }}" });
        var run = new RunMachine(Run(step), 1, """{"all":["x","y"]}""").Begin().Complete("each[0]", """{"text":"X"}""").Complete("each[1]", """{"text":"Y"}""");

        Assert.Equal("""{"each":[{"was":"x","now":"X","at":0},{"was":"y","now":"Y","at":1}]}""", run.Output);
    }

    [Fact]
    public void State_OfTenThousandItems_StaysSmall()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 10000)")), 100).Begin();
        for (var item = 0; item < 90; item++)
        {
            run.Complete($"each[{item}]");
        }

        Assert.InRange(run.State.ToBytes().Length, 1, 200);
    }
}
