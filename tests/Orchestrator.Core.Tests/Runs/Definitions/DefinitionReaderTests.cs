using System.Text;
using Orchestrator.Core.Runs.Definitions;

namespace Orchestrator.Core.Tests.Runs.Definitions;

public sealed class DefinitionReaderTests
{
    private const string Everything = """
        {
          "$schema": "https://example.org/definition.schema.json",
          "owner": "acme", "name": "report", "version": "1.0-RC",
          "description": "Reports.",
          "input": { "type": "object", "required": ["topic"] },
          "execution": { "concurrency": { "maxParallel": 4 }, "timeoutMs": 3600000 },
          "steps": [
            {
              "id": "fetch", "name": "Fetch it", "description": "Looks it up.", "action": "generation.text", "input": { "prompt": "Summarise ${{ run.input.topic }}" },
              "retry": { "maxAttempts": 5 }, "timeoutMs": 60000, "cache": { "ttlSeconds": 3600 },
              "skills": ["law"], "resources": { "gpu": 2 }, "priority": "high"
            },
            {
              "id": "each", "needs": ["fetch"], "foreach": { "items": "${{ steps.fetch.output.items }}", "maxParallel": 10 },
              "if": "run.input.deep == true", "agent": "writer", "input": { "text": "${{ item }}", "n": "${{ index }}" },
              "output": "${{ output.text }}", "onFailure": "continue", "priority": 7,
              "compensate": { "action": "undo.it", "input": "${{ output[0] }}", "retry": { "maxAttempts": 2 }, "timeoutMs": 5 }
            },
            { "id": "sub", "run": "acme/other@2", "input": "${{ steps.each.output }}", "timeoutMs": 2000000000, "foreach": "${{ run.input.all }}" },
            { "id": "check", "name": "Check it", "if": true, "approval": { "question": "Publish ${{ steps.each.output }}?", "timeoutMs": 86400000, "onTimeout": "continue" } }
          ],
          "output": { "text": "${{ steps.each.output[0] }}" }
        }
        """;

    [Fact]
    public void Read_EveryMember_StandsInTheDefinition()
    {
        var definition = Read.Sound(Everything);

        Assert.Equal("acme/report@1.0-RC", definition.Name.ToString());
        Assert.Equal(("Reports.", 4, 3_600_000L), (definition.Description, definition.MaxParallel, definition.TimeoutMs));
        Assert.Equal("""{"type":"object","required":["topic"]}""", Encoding.UTF8.GetString(definition.InputSchema!.Value.Span));
        Assert.Equal(["each"], definition.Output!.Steps);
        Assert.Equal(["fetch", "each", "sub", "check"], definition.Steps.Select(step => step.Id));
        Assert.Equal([("Fetch it", "Looks it up."), (null, null), (null, null), ("Check it", null)], definition.Steps.Select(step => (step.Name, step.Description)));
    }

    [Fact]
    public void Read_StepWithATask_HasItsTerms()
    {
        var step = Read.Sound(Everything).Steps[0];

        Assert.Equal(("generation.text", 5, 60_000, 3_600, 600), (step.Action, step.MaxAttempts, step.TimeoutMs, step.CacheSeconds, step.Priority));
        Assert.Equal(["law"], step.Skills);
        Assert.Equal([KeyValuePair.Create("gpu", 2)], step.Resources);
        Assert.False(step.ContinueOnFailure);
        Assert.True(step is { Run: null, If: null, Foreach: null, Approval: null, Compensation: null, Output: null });
    }

    [Fact]
    public void Read_StepWithItemsAndCompensation_HasThem()
    {
        var step = Read.Sound(Everything).Steps[1];

        Assert.Equal(("agent.writer", true, 7), (step.Action, step.ContinueOnFailure, step.Priority));
        Assert.Equal(("run.input.deep == true", 10), (step.If!.Text, step.Foreach!.MaxParallel));
        Assert.Equal(["index", "item"], step.Input!.Variables.Order());
        Assert.Equal(("undo.it", 2, 5), (step.Compensation!.Action, step.Compensation.MaxAttempts, step.Compensation.TimeoutMs));
        Assert.Equal(["output"], step.Compensation.Input!.Variables);
    }

    [Fact]
    public void Read_SubRun_IsNamedWithItsPlace()
    {
        var result = Read.Json(Everything);

        Assert.Equal((new DefinitionName("acme", "other", "2"), 2_000_000_000), (result.Definition!.Steps[2].Run, result.Definition.Steps[2].TimeoutMs));
        var (name, path) = Assert.Single(result.SubRuns);
        Assert.Equal(("acme/other@2", "/steps/2/run"), (name.ToString(), path));
        var problem = result.ProblemAt(path, "is not published.");
        Assert.StartsWith("\"acme/other@2\"", Read.TextAt(Everything, problem));
        Assert.StartsWith("{ \"type\"", Read.TextAt(Everything, result.ProblemAt("/input/properties/x", "is no schema.")));
    }

    [Fact]
    public void Read_DecisionAlone_HasNoWork()
    {
        var step = Read.Sound(Everything).Steps[3];

        Assert.True(step is { Action: null, Run: null, Approval: { TimeoutMs: 86_400_000, ContinueOnTimeout: true } });
    }

    [Fact]
    public void Read_StepsThatAreReadByExpressions_AreNeeded()
    {
        var definition = Read.Sound(Read.Steps("""
            { "id": "a", "action": "x" }, { "id": "b", "action": "x" }, { "id": "c", "action": "x" }, { "id": "d-d", "action": "x" },
            { "id": "e", "action": "x" }, { "id": "f", "action": "x" },
            {
              "id": "last", "needs": ["e", "a"], "if": "${{ steps.b.status == 'completed' }}", "foreach": "steps.c.output", "action": "x",
              "input": ["${{ steps.d-d.output }}", "${{ steps.a.output }}"], "output": "${{ steps.e.output }}",
              "compensate": { "action": "x", "input": "${{ steps.f.output }} ${{ steps.last.output }}" }
            }
            """));

        Assert.Equal(["e", "a", "b", "c", "d-d", "f"], definition.Steps[^1].Needs);
        Assert.Equal(["each"], Read.Sound(Everything).Steps[3].Needs);
    }

    [Fact]
    public void Read_ItsOwnJson_GivesTheSameAgain()
    {
        var first = Read.Json(Everything);
        var second = DefinitionReader.ReadJson(first.Json);

        Assert.Equal([], second.Problems);
        Assert.True(first.Json.Span.SequenceEqual(second.Json.Span));
        Assert.DoesNotContain("\n", Encoding.UTF8.GetString(first.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MembersThatAreNull_CountAsLeftOut()
    {
        var definition = Read.Sound(Read.Steps("""{ "id": "a", "needs": null, "action": "x", "input": null, "retry": null, "approval": null }""", ", \"output\": null"));

        Assert.Null(definition.Output);
        Assert.True(definition.Steps[0] is { Needs.Count: 0, Input: null, MaxAttempts: null, Approval: null });
    }

    [Fact]
    public void Read_FiveHundredStepsInAChain_IsSoundAndOneMoreIsNot()
    {
        static string Chain(int count) => Read.Steps(string.Join(", ", Enumerable.Range(0, count).Select(index =>
            $$"""{ "id": "s{{index}}", "action": "x", "needs": [{{(index + 1 < count ? $"\"s{index + 1}\"" : "")}}] }""")));

        Assert.Equal(RunLimits.MaxSteps, Read.Sound(Chain(RunLimits.MaxSteps)).Steps.Count);
        var problem = Assert.Single(Read.Json(Chain(RunLimits.MaxSteps + 1)).Problems);
        Assert.Equal(("/steps", "must have from 1 to 500 items, not 501."), (problem.Path, problem.Message));
    }

    [Fact]
    public void Read_TooManyBytes_IsRefusedUnread()
    {
        var problem = Assert.Single(Read.Json(new string(' ', RunLimits.MaxDefinitionBytes + 1)).Problems);

        Assert.Equal(("", 1, 1, "has 1048577 bytes; at most 1048576 are taken."), (problem.Path, problem.Line, problem.Column, problem.Message));
    }
}
