using Orchestrator.Core.Runs.Planning;
using Orchestrator.Core.Tasks;
using static Orchestrator.Core.Tests.Runs.Planning.Sample;

namespace Orchestrator.Core.Tests.Runs.Planning;

/// <summary>Conditions, failures and how a run ends.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("false", "a:Skipped b:Skipped c:Running")]
    [InlineData("run.input.missing", "a:Skipped b:Skipped c:Running")]
    [InlineData("true", "a:Running b:Pending c:Running")]
    public void Advance_Condition_DecidesWhetherAStepAndWhatNeedsItBegins(string condition, string steps)
    {
        var run = new RunMachine(Run(Task("a").If(condition), Task("b", "a"), Task("c"))).Begin();

        Assert.Equal(steps, run.Steps);
    }

    [Fact]
    public void Advance_NotAllThatAStepNeedsWasSkipped_Begins()
    {
        var run = new RunMachine(Run(Task("a").If("false"), Task("b"), Task("c", "a", "b").Input("${{ steps.a.output }}"))).Begin().Complete("b");

        Assert.Equal("a:Skipped b:Completed c:Running", run.Steps);
        Assert.Equal("c null", run.Started[^1]);
    }

    [Fact]
    public void Advance_ConditionThatIsNeither_FailsTheStep()
    {
        var run = new RunMachine(Run(Task("a").If("'yes'"))).Begin();

        Assert.Equal("if: is neither true nor false.", run.Step("a").Error!.Message);
    }

    [Fact]
    public void Advance_ExpressionWithoutValue_FailsItsStep()
    {
        var run = new RunMachine(Run(Task("a").Input(new { n = "${{ run.input.text + 1 }}" })), input: """{"text":"x"}""").Begin();

        Assert.Equal(ErrorCodes.InvalidInput, run.Step("a").Error!.Code);
        Assert.StartsWith("input/n: ", run.Step("a").Error!.Message, StringComparison.Ordinal);
        Assert.Empty(run.Started);
        Assert.Equal(RunStatus.Failed, run.State.Status);
    }

    [Fact]
    public void Advance_StepFails_BeginsNothingNewAndEndsOnceTheOthersHave()
    {
        var run = new RunMachine(Run(Task("a"), Task("b"), Task("c"), Task("d", "b")), 2).Begin().Fail("a");
        Assert.Equal("a:Failed b:Running c:Pending d:Pending", run.Steps);
        Assert.Equal(RunStatus.Started, run.State.Status);

        run.Complete("b", "1");
        Assert.Equal("a:Failed b:Completed c:Cancelled d:Cancelled", run.Steps);
        Assert.Equal(RunStatus.Failed, run.State.Status);
        Assert.Equal((ErrorCodes.WorkerError, "step 'a' failed: broke"), (run.State.Error!.Code, run.State.Error.Message));
        Assert.Null(run.Plan.DueAt);
    }

    [Fact]
    public void Advance_StepFailsWhereTheRunGoesOn_TellsWhatNeedsIt()
    {
        var run = new RunMachine(Run(Task("a").GoesOn(), Task("b", "a").Input("${{ steps.a.status }}: ${{ steps.a.error.code }}, ${{ steps.a.error.message }}")));
        run.Begin().Fail("a").Complete("b", "1");

        Assert.Equal("b \"failed: worker_error, broke\"", run.Started[^1]);
        Assert.Equal(RunStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Advance_RunFails_UndoesWhatWasCompletedLastFirst()
    {
        var run = new RunMachine(Run(
            Task("a").Undone(new { id = "${{ output.id }}" }), Task("b").Undone(), Task("c"), Task("d").Undone(), Task("e", "a", "b", "c"))).Begin();
        run.Complete("b", "2").Complete("a", """{"id":1}""").Complete("c").Fail("d").Fail("e");

        Assert.True(run.State.IsCompensating);
        Assert.Equal("""a! {"id":1}""", run.Started[^1]);
        Assert.Equal(["a!"], run.UnderWay.Select(key => key.ToString()));

        run.Fail("a!");
        Assert.Equal("b! 2", run.Started[^1]);

        run.Complete("b!");
        Assert.Equal(RunStatus.Failed, run.State.Status);
        Assert.Equal("step 'd' failed: broke", run.State.Error!.Message);
        Assert.Equal(
            ["run.compensating", "step.compensating a", "step.uncompensated a", "step.compensating b", "step.compensated b", "run.failed"],
            run.Told.SkipWhile(entry => entry != "run.compensating"));
    }

    [Fact]
    public void Advance_CompensationOfItems_ReadsTheArrayOfTheirOutputs()
    {
        var run = new RunMachine(Run(Task("each").Each("range(0, 2)").Undone(), Task("b", "each"))).Begin();
        run.Complete("each[0]", "7").Complete("each[1]", "8").Fail("b");

        Assert.Equal("each! [7,8]", run.Started[^1]);
    }

    [Fact]
    public void Advance_CompensationWhoseInputHasNoValue_IsToldAndTheOthersStillRun()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Task("b", "a").Undone("${{ output.x + 1 }}"), Task("c", "b"))).Begin();
        run.Complete("a").Complete("b", """{"x":"no"}""").Fail("c");

        Assert.Equal(StepStatus.Failed, run.Step("b").Compensation);
        Assert.Equal("a! null", run.Started[^1]);
    }

    [Fact]
    public void Advance_NoRoomForACompensation_TriesItAgain()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Task("b", "a"))).Begin().Complete("a").Fail("b");
        run.Send(new RunEvent.WorkDeferred(WorkKey.Parse("a!")));
        Assert.NotNull(run.Plan.DueAt);
        Assert.Equal(RunStatus.Started, run.State.Status);

        run.After(TimeSpan.FromSeconds(5)).Complete("a!");
        Assert.Equal(RunStatus.Failed, run.State.Status);
    }

    [Fact]
    public void Advance_DeadlinePasses_CancelsWhatIsUnderWayAndUndoes()
    {
        var run = new RunMachine(Run(Task("a").Undone(), Task("b"), Decision("c"), Task("d", "b")));
        run.Context = run.Context with { DeadlineAt = RunMachine.Start.AddMinutes(1) };
        run.Begin().Complete("a");
        Assert.Equal(RunMachine.Start.AddMinutes(1), run.Plan.DueAt);

        run.After(TimeSpan.FromMinutes(1));
        Assert.Equal("a:Completed b:Cancelled c:Cancelled d:Cancelled", run.Steps);
        Assert.Null(run.Plan.DueAt);

        run.Complete("b");
        Assert.Equal(["a!"], run.UnderWay.Select(key => key.ToString()));
        run.Complete("a!");
        Assert.Equal((RunStatus.Failed, ErrorCodes.DeadlineExceeded), (run.State.Status, run.State.Error!.Code));
    }

    [Fact]
    public void Advance_OutputOfTheRun_IsWhatItsDefinitionSays()
    {
        var definition = Run(Task("a"), Task("b", "a"), Task("c", "b")) with { Output = Template(new { text = "${{ steps.a.output.text }}" }) };
        var run = new RunMachine(definition).Begin().Complete("a", """{"text":"x"}""").Complete("b").Complete("c");

        Assert.Equal("""{"text":"x"}""", run.Output);
        Assert.Equal(["a"], run.Loaded);
    }

    [Fact]
    public void Advance_OutputOfTheRunHasNoValue_FailsIt()
    {
        var run = new RunMachine(Run(Task("a")) with { Output = Template("${{ steps.a.output + 1 }}") }).Begin().Complete("a", "\"x\"");

        Assert.Equal((RunStatus.Failed, ErrorCodes.InvalidInput), (run.State.Status, run.State.Error!.Code));
    }
}
