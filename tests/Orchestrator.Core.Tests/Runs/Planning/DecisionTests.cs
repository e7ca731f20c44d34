using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using static Orchestrator.Core.Tests.Runs.Planning.Sample;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>Steps that wait for a person.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void Decide_Continue_CompletesTheStepWithItsOutput()
    {
        var run = new RunMachine(Run(Task("a").Asks("Publish ${{ output.title }}?"), Task("b", "a").Input("${{ steps.a.output.title }}"))).Begin();
        run.Complete("a", """{"title":"x","n":1}""");
        Assert.Equal("a:Waiting b:Pending", run.Steps);
        Assert.Equal("Publish x?", run.Step("a").Question);
        Assert.Equal(0, run.State.InFlight);

        run.Send(Decided("a", RunDecision.Continue));
        Assert.Equal("b \"x\"", run.Started[^1]);
        Assert.Null(run.Step("a").Question);
    }

    [Fact]
    public void Decide_ContinueWithEdits_PatchesTheOutput()
    {
        var run = new RunMachine(Run(Task("a").Asks("?"))).Begin().Complete("a", """{"title":"x","n":1,"deep":{"a":1,"b":2}}""");

        run.Send(Decided("a", RunDecision.Continue, """{"title":"y","n":null,"deep":{"b":3}}"""));

        Assert.Equal("""{"a":{"title":"y","deep":{"a":1,"b":3}}}""", run.Output);
    }

    [Fact]
    public void Decide_ContinueOfItemsWithEdits_StandsForTheirOutputs()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 2)").Asks("${{ length(output) }} done?"))).Begin().Complete("a[0]").Complete("a[1]");
        Assert.Equal("2 done?", run.Step("a").Question);

        run.Send(Decided("a", RunDecision.Continue, "[5]"));
        Assert.Equal("""{"a":[5]}""", run.Output);
    }

    [Theory]
    [InlineData("\"a text\"", "\"another\"", "\"another\"")]
    [InlineData("{\"x\":1}", "7", "7")]
    [InlineData("\"a text\"", "{\"x\":1,\"y\":null}", "{\"x\":1}")]
    public void Decide_ContinueWithEditsOfAnyKind_FollowsTheMergePatch(string output, string edits, string edited)
    {
        var run = new RunMachine(Run(Task("a").Asks("?"))).Begin().Complete("a", output).Send(Decided("a", RunDecision.Continue, edits));

        Assert.Equal($"{{\"a\":{edited}}}", run.Output);
    }

    [Fact]
    public void Decide_ContinueOfADecisionAlone_HasTheEditsAsItsOutput()
    {
        var run = new RunMachine(Run(Decision("a"))).Begin().Send(Decided("a", RunDecision.Continue, """{"x":1}"""));

        Assert.Equal("""{"a":{"x":1}}""", run.Output);
    }

    [Fact]
    public void Decide_Retry_DoesTheStepAgainWithAnotherInput()
    {
        var run = new RunMachine(Run(Task("a").Input(new { text = "x", n = 1 }).Asks("?"), Task("b")), 1).Begin().Complete("a");
        run.Send(Decided("a", RunDecision.Retry, """{"n":2}"""));
        Assert.Equal("a:Pending b:Running", run.Steps);

        run.Complete("b");
        Assert.Equal("""a#2 {"text":"x","n":2}""", run.Started[^1]);

        run.Complete("a#2", "5").Send(Decided("a", RunDecision.Continue));
        Assert.Equal("""{"a":5,"b":null}""", run.Output);
    }

    [Fact]
    public void Decide_RetryOfItems_DoesAllOfThemAgain()
    {
        var run = new RunMachine(Run(Task("a").Each("range(0, 2)").Asks("?"))).Begin().Complete("a[0]").Complete("a[1]");
        run.Send(Decided("a", RunDecision.Retry));

        Assert.Equal(["a[0]#2", "a[1]#2"], run.UnderWay.Select(key => key.ToString()));
        run.Complete("a[0]", "1");
        Assert.Equal("a:Running", run.Steps);
    }

    [Fact]
    public void Decide_Reject_FailsTheStep()
    {
        var run = new RunMachine(Run(Task("a").Asks("?"))).Begin().Complete("a").Send(Decided("a", RunDecision.Reject, comment: "bad"));

        Assert.Equal((RunStatus.Failed, ErrorCodes.Rejected, "bad"), (run.State.Status, run.Step("a").Error!.Code, run.Step("a").Error!.Message));
    }

    [Fact]
    public void Decide_Abort_EndsTheRun()
    {
        var run = new RunMachine(Run(Task("a").Asks("?"), Task("b"))).Begin().Complete("a").Send(Decided("a", RunDecision.Abort));

        Assert.Equal(RunStatus.Aborted, run.State.Status);
        Assert.Empty(run.UnderWay);
    }

    [Fact]
    public void Decide_WhatDoesNotWait_IsRefused()
    {
        var run = new RunMachine(Run(Task("a"))).Begin();

        Assert.Equal("step 'a' is running and waits for no decision.", run.Refuses(Decided("a", RunDecision.Continue)).Message);
        Assert.True(run.Refuses(Decided("x", RunDecision.Continue)).StepIsUnknown);
        run.Complete("a");
        Assert.Equal("The run is completed.", run.Refuses(Decided("a", RunDecision.Continue)).Message);
    }

    [Theory]
    [InlineData(false, RunStatus.Failed)]
    [InlineData(true, RunStatus.Completed)]
    public void Look_NobodyDecidedInTime_DoesWhatTheStepSays(bool continues, RunStatus status)
    {
        var run = new RunMachine(Run(Task("a").Asks("?", 60_000, continues))).Begin().Complete("a");
        Assert.Equal(RunMachine.Start.AddMinutes(1), run.Plan.DueAt);

        Assert.Equal(RunStatus.Started, run.After(TimeSpan.FromSeconds(59)).State.Status);
        Assert.Equal(status, run.After(TimeSpan.FromSeconds(1)).State.Status);
    }

    [Fact]
    public void Look_NobodyDecidedInTime_SaysSoInTheError()
    {
        var run = new RunMachine(Run(Task("a").Asks("?", 60_000))).Begin().Complete("a").After(TimeSpan.FromMinutes(1));

        // Definitions compare this message, which is documented.
        Assert.Equal((ErrorCodes.Rejected, "Nobody decided in time."), (run.Step("a").Error!.Code, run.Step("a").Error!.Message));
    }

    [Theory]
    [InlineData(60_000, 60)]
    [InlineData(600_000, 120)]
    [InlineData(null, 120)]
    public void Ask_InARunWithADeadline_ExpiresNoLaterThanThat(int? timeoutMs, int seconds)
    {
        var run = new RunMachine(Run(Task("a").Asks("?", timeoutMs, continues: true)));
        run.Context = run.Context with { DeadlineAt = RunMachine.Start.AddMinutes(2) };
        run.Begin().Complete("a");

        Assert.Equal(RunMachine.Start.AddSeconds(seconds), run.Step("a").ExpiresAt);
        Assert.Equal(timeoutMs == 60_000 ? RunStatus.Completed : RunStatus.Failed, run.After(TimeSpan.FromSeconds(seconds)).State.Status);
    }

    [Fact]
    public void Decide_InARoundThatIsOver_IsRefused()
    {
        var run = new RunMachine(Run(Task("a").Asks("?"))).Begin().Complete("a").Send(Decided("a", RunDecision.Retry) with { Round = 1 }).Complete("a#2");

        Assert.Equal("step 'a' asks in its round 2 now, not in 1; look at it before you decide.", run.Refuses(Decided("a", RunDecision.Abort) with { Round = 1 }).Message);

        run.Send(Decided("a", RunDecision.Continue) with { Round = 2 });
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Ask_QuestionThatIsTooLong_IsCut()
    {
        var run = new RunMachine(Run(Task("a").Asks("${{ output }}"))).Begin().Complete("a", $"\"{new string('x', 20_000)}\"");

        Assert.Equal(TaskLimits.MaxQuestionLength, run.Step("a").Question!.Length);
    }

    private static RunEvent.Decided Decided(string step, RunDecision decision, string? edits = null, string? comment = null) =>
        new(step, decision, edits is null ? null : System.Text.Encoding.UTF8.GetBytes(edits), comment);
}
