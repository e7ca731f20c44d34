using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using static Orchestrator.Gateway.Tests.Runs.RunGateway;

namespace Orchestrator.Gateway.Tests.Runs;

public sealed class RunControlTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Asks = """
        steps:
          - id: draft
            action: generation.echo
            input: { text: "${{ run.input }}", tone: dry }
            approval: { question: "Is ${{ output.text }} good?" }
          - { id: send, action: generation.echo, input: "${{ steps.draft.output.text }}" }
        """;

    [Fact]
    public async Task Reject_AfterAStepThatCanBeUndone_SaysThatItWas()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var name = await gateway.PublishAsync(
            "steps: [{ id: a, action: generation.echo, compensate: { action: generation.echo } }, { id: ask, needs: [a], approval: { question: Well? } }]");
        var id = await gateway.StartAsync(name, new { workspace });
        var list = $"/api/v1/workspaces/{workspace}/runs?waiting=true";
        await TestKit.Eventually.TrueAsync(
            async () => (await gateway.GetAsync(list)).Body.GetProperty("items").GetArrayLength() == 1, TimeSpan.FromSeconds(20), () => "The run waits.");
        var waiting = Assert.Single((await gateway.GetAsync(list)).Body.GetProperty("items")[0].GetProperty("waiting").EnumerateArray());
        Assert.Equal(("ask", "Well?"), (waiting.GetProperty("id").GetString(), waiting.GetProperty("question").GetString()));
        Assert.Equal(["/waiting"], (await gateway.GetAsync($"/api/v1/workspaces/{workspace}/runs?waiting=maybe", 400)).Pointers);

        await gateway.PostAsync($"/api/v1/runs/{id}/steps/ask/approve", "{\"decision\":\"reject\"}");
        var run = await gateway.WaitForRunAsync(id);

        Assert.Equal(("failed", "completed", "completed"), (run.Status(), run.Step("a").Status(), run.Step("a").GetProperty("compensation").GetString()));
        Assert.Empty((await gateway.GetAsync(list)).Body.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("continue", "{\"send\":\"tea\"}")]
    [InlineData("approve", "{\"send\":\"tea\"}")]
    public async Task Approve_Continue_CompletesTheStep(string decision, string output)
    {
        var id = await AskAsync();

        var decided = await gateway.PostAsync($"/api/v1/runs/{id}/steps/draft/approve", new { decision, comment = "fine" });

        Assert.Equal("completed", decided.Body.Step("draft").Status());
        Assert.Equal(output, (await gateway.WaitForRunAsync(id)).GetProperty("output").GetRawText());
        Assert.Equal("run-state", (await gateway.PostAsync($"/api/v1/runs/{id}/steps/draft/approve", new { decision }, 409)).Problem);
    }

    [Fact]
    public async Task Approve_WithEdits_PatchesTheOutput()
    {
        var id = await AskAsync();
        await gateway.PostAsync($"/api/v1/runs/{id}/steps/draft/approve", "{\"decision\":\"continue\",\"edits\":{\"text\":\"coffee\",\"tone\":null}}");

        Assert.Equal("{\"send\":\"coffee\"}", (await gateway.WaitForRunAsync(id)).GetProperty("output").GetRawText());
        Assert.Equal("{\"text\":\"coffee\"}", (await gateway.GetAsync($"/api/v1/runs/{id}/steps/draft")).Body.GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Approve_WithAnEditThatIsNoObject_StandsForTheOutput()
    {
        var name = await gateway.PublishAsync("steps: [{ id: a, action: generation.echo, input: hello, approval: { question: Well? } }]");
        var id = await gateway.StartAsync(name);
        await WaitForStepAsync(id, "a", "waiting");
        await gateway.PostAsync($"/api/v1/runs/{id}/steps/a/approve", "{\"decision\":\"approve\",\"edits\":\"hello you\"}");

        Assert.Equal("{\"a\":\"hello you\"}", (await gateway.WaitForRunAsync(id)).GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Approve_Retry_DoesItAgainWithTheEditedInput()
    {
        var id = await AskAsync();
        await gateway.PostAsync($"/api/v1/runs/{id}/steps/draft/approve", "{\"decision\":\"retry\",\"edits\":{\"text\":\"milk\"}}");

        var step = await WaitForStepAsync(id, "draft", "waiting", round: 2);

        Assert.Equal("Is milk good?", step.GetProperty("question").GetString());
        Assert.Equal(["draft", "draft#2"], (await gateway.GetAsync($"/api/v1/runs/{id}/steps/draft")).Body.GetProperty("work").EnumerateArray().Select(work => work.GetProperty("stepId").GetString()!));
        await gateway.PostAsync($"/api/v1/runs/{id}/steps/draft/approve", new { decision = "approve" });
        Assert.Equal("{\"send\":\"milk\"}", (await gateway.WaitForRunAsync(id)).GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Approve_RoundThatIsOver_IsRefusedAndChangesNothing()
    {
        var id = await AskAsync();
        var path = $"/api/v1/runs/{id}/steps/draft/approve";
        Assert.Equal("run-state", (await gateway.PostAsync(path, new { decision = "approve", round = 2 }, 409)).Problem);
        await gateway.PostAsync(path, new { decision = "retry", round = 1 });
        await WaitForStepAsync(id, "draft", "waiting", round: 2);

        Assert.Equal("run-state", (await gateway.PostAsync(path, new { decision = "abort", round = 1 }, 409)).Problem);
        var waiting = Assert.Single((await gateway.GetAsync($"/api/v1/runs/{id}")).Body.GetProperty("waiting").EnumerateArray());
        await gateway.PostAsync(path, new { decision = "approve", round = waiting.GetProperty("round").GetInt32() });

        Assert.Equal("completed", (await gateway.WaitForRunAsync(id)).Status());
    }

    [Fact]
    public async Task Events_OfARun_TellRoundsAndTimesAndNoAttempt()
    {
        var name = await gateway.PublishAsync("steps: [{ id: ask, approval: { question: Well?, timeoutMs: 60000 } }]");
        var id = await gateway.StartAsync(name);
        var step = await WaitForStepAsync(id, "ask", "waiting");

        var events = (await gateway.GetAsync($"/api/v1/runs/{id}/events")).Body.GetProperty("items").EnumerateArray().ToList();

        Assert.All(events, static entry => Assert.Equal(["seq", "type", "at", "data"], entry.EnumerateObject().Select(static member => member.Name)));
        var asked = events.Single(static entry => entry.GetProperty("type").GetString() == "step.waiting").GetProperty("data");
        Assert.Equal(("Well?", 1), (asked.GetProperty("question").GetString(), asked.GetProperty("round").GetInt32()));
        Assert.Equal(step.GetProperty("expiresAt").GetString(), asked.GetProperty("expiresAt").GetString());
        await gateway.PostAsync($"/api/v1/runs/{id}/abort");
    }

    [Theory]
    [InlineData("reject", "failed", "rejected")]
    [InlineData("abort", "aborted", null)]
    public async Task Approve_No_EndsTheRun(string decision, string status, string? code)
    {
        var id = await AskAsync();
        await gateway.PostAsync($"/api/v1/runs/{id}/steps/draft/approve", new { decision });

        var run = await gateway.WaitForRunAsync(id);

        Assert.Equal(status, run.Status());
        Assert.True(code is null || run.GetProperty("error").GetProperty("code").GetString() == code, run.GetRawText());
    }

    [Fact]
    public async Task Approve_WhatNobodyAsks_IsRefused()
    {
        var id = await AskAsync();
        var path = $"/api/v1/runs/{id}/steps";
        Assert.Equal("run-state", (await gateway.PostAsync($"{path}/send/approve", new { decision = "continue" }, 409)).Problem);
        Assert.Equal("step-not-found", (await gateway.PostAsync($"{path}/other/approve", new { decision = "continue" }, 404)).Problem);
        Assert.Equal("run-not-found", (await gateway.PostAsync($"/api/v1/runs/{Guid.CreateVersion7()}/steps/draft/approve", new { decision = "continue" }, 404)).Problem);
        Assert.Equal(["/decision"], (await gateway.PostAsync($"{path}/draft/approve", "{}", 400)).Pointers);
        Assert.Equal(
            ["/comment", "/decision", "/id", "/number", "/round", "/step"],
            (await gateway.PostAsync("/api/v1/runs/x/steps/1/approve", "{\"decision\":\"maybe\",\"edits\":[],\"comment\":1,\"number\":1,\"round\":0}", 400)).Pointers);
        Assert.Equal(["/edits"], (await gateway.PostAsync($"/api/v1/runs/{Guid.CreateVersion7()}/steps/a/approve", "{\"decision\":\"reject\",\"edits\":{}}", 400)).Pointers);
        await gateway.PostAsync($"/api/v1/runs/{id}/abort");
    }

    [Fact]
    public async Task Approve_TwoAtOnce_OneIsRefused()
    {
        var id = await AskAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var response = await gateway.Client.PostAsync(new Uri($"/api/v1/runs/{id}/steps/draft/approve", UriKind.Relative), TestGateway.Json("{\"decision\":\"continue\"}"));
            return (int)response.StatusCode;
        }));

        Assert.Equal([200, 409, 409, 409], answers.Order());
        Assert.Equal("completed", (await gateway.WaitForRunAsync(id)).Status());
    }

    [Fact]
    public async Task Abort_RunUnderWay_CancelsItsTasksAndRefusesASecondOne()
    {
        var gate = NewName();
        var id = await gateway.StartAsync(await gateway.PublishAsync($"steps: [{{ id: a, action: test.gate, input: {gate} }}]"));
        await gateway.Gates.StartedAsync(gate);

        var aborted = await gateway.PostAsync($"/api/v1/runs/{id}/abort", new { reason = "enough" });

        Assert.Equal(("aborted", "cancelled"), (aborted.Body.Status(), aborted.Body.Step("a").Status()));
        var task = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/a")).Body.GetProperty("work")[0].GetProperty("taskId").GetGuid();
        Assert.Equal("cancelled", (await gateway.WaitAsync(task)).Status());
        Assert.Contains("enough", (await gateway.GetAsync($"/api/v1/runs/{id}/events")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("run-state", (await gateway.PostAsync($"/api/v1/runs/{id}/abort", null, 409)).Problem);
        Assert.Equal(["/compensate", "/reason", "/why"], (await gateway.PostAsync($"/api/v1/runs/{id}/abort", "{\"reason\":\"\",\"compensate\":1,\"why\":2}", 400)).Pointers);
    }

    [Fact]
    public async Task Retry_FailedStep_StartsTheRunAgainWithAnotherInput()
    {
        var gate = NewName();
        gateway.Gates.Open(gate);
        var name = await gateway.PublishAsync("steps: [{ id: a, action: test.gate, input: 1 }, { id: b, needs: [a], action: generation.echo, input: \"${{ steps.a.output }}\" }]");
        var id = await gateway.StartAsync(name);
        Assert.Equal("failed", (await gateway.WaitForRunAsync(id)).Status());
        Assert.Equal("run-state", (await gateway.PostAsync($"/api/v1/runs/{id}/steps/b/retry", null, 409)).Problem);
        Assert.Equal("step-not-found", (await gateway.PostAsync($"/api/v1/runs/{id}/steps/c/retry", null, 404)).Problem);
        Assert.Equal(["/delayMs", "/more"], (await gateway.PostAsync($"/api/v1/runs/{id}/steps/a/retry", "{\"delayMs\":-1,\"more\":1}", 400)).Pointers);

        var retried = await gateway.PostAsync($"/api/v1/runs/{id}/steps/a/retry", new { input = gate, delayMs = 100 });

        Assert.Equal("started", retried.Body.Status());
        var run = await gateway.WaitForRunAsync(id);
        Assert.Equal(("completed", $"{{\"b\":\"{gate}\"}}"), (run.Status(), run.GetProperty("output").GetRawText()));
        Assert.Equal(2, run.Step("a").GetProperty("round").GetInt32());
    }

    [Fact]
    public async Task Skip_StepUnderWay_CompletesItWithTheOutput()
    {
        var gate = NewName();
        var id = await gateway.StartAsync(await gateway.PublishAsync(
            $"steps: [{{ id: a, action: test.gate, input: {gate} }}, {{ id: b, action: generation.echo, input: \"${{{{ steps.a.output.x }}}}\" }}]"));
        await gateway.Gates.StartedAsync(gate);
        Assert.Equal(["/output"], (await gateway.PostAsync($"/api/v1/runs/{id}/steps/a/skip", "{}", 400)).Pointers);

        await gateway.PostAsync($"/api/v1/runs/{id}/steps/a/skip", "{\"output\":{\"x\":5}}");

        Assert.Equal("{\"b\":5}", (await gateway.WaitForRunAsync(id)).GetProperty("output").GetRawText());
        Assert.Equal("run-state", (await gateway.PostAsync($"/api/v1/runs/{id}/steps/a/skip", "{\"output\":null}", 409)).Problem);
    }

    [Fact]
    public async Task Replay_FromAStep_RepeatsItAndWhatComesAfterIt()
    {
        var name = await gateway.PublishAsync("""
            steps:
              - { id: a, action: generation.echo, input: "${{ run.id }}" }
              - { id: b, action: generation.echo, input: "${{ steps.a.output }} ${{ run.id }}" }
            """);
        var id = await gateway.StartAsync(name);
        await gateway.WaitForRunAsync(id);

        var replayed = await gateway.PostAsync($"/api/v1/runs/{id}/replay", new { fromStep = "b" }, 202, ("Idempotency-Key", $"{name}-r"));
        var again = replayed.Body.GetProperty("id").GetGuid();

        Assert.Equal((id, $"/api/v1/runs/{again}"), (replayed.Body.GetProperty("replayOf").GetGuid(), replayed.Headers.Location!.ToString()));
        Assert.Equal($"{{\"b\":\"{id} {again}\"}}", (await gateway.WaitForRunAsync(again)).GetProperty("output").GetRawText());
        Assert.Equal(again, (await gateway.PostAsync($"/api/v1/runs/{id}/replay", new { fromStep = "b" }, 200, ("Idempotency-Key", $"{name}-r"))).Body.GetProperty("id").GetGuid());
        Assert.Equal("step-not-found", (await gateway.PostAsync($"/api/v1/runs/{id}/replay", new { fromStep = "c" }, 404)).Problem);
        Assert.Equal("run-not-found", (await gateway.PostAsync($"/api/v1/runs/{Guid.CreateVersion7()}/replay", new { fromStep = "b" }, 404)).Problem);
        Assert.Equal(["/fromStep"], (await gateway.PostAsync($"/api/v1/runs/{id}/replay", "{}", 400)).Pointers);
        Assert.Equal(["/fromStep"], (await gateway.PostAsync($"/api/v1/runs/{id}/replay", "{\"fromStep\":\"1\"}", 400)).Pointers);
    }

    [Fact]
    public async Task Task_OfARun_IsCancelledAsItsStepAndNotSubmittedAgain()
    {
        var gate = NewName();
        var id = await gateway.StartAsync(await gateway.PublishAsync($"steps: [{{ id: a, action: test.gate, input: {gate} }}]"));
        await gateway.Gates.StartedAsync(gate);
        var task = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/a")).Body.GetProperty("work")[0].GetProperty("taskId").GetGuid();

        await gateway.PostAsync($"/api/v1/tasks/{task}/cancel");

        var run = await gateway.WaitForRunAsync(id);
        Assert.Equal(("failed", "cancelled"), (run.Status(), run.Step("a").GetProperty("error").GetProperty("code").GetString()));
        var refused = await gateway.PostAsync($"/api/v1/tasks/{task}/retry", null, 409);
        Assert.Equal("task-of-run", refused.Problem);
        Assert.Contains($"/api/v1/runs/{id}/steps/a/retry", refused.Text("detail"), StringComparison.Ordinal);
    }

    /// <summary>A run whose step waits for a person.</summary>
    private async Task<Guid> AskAsync()
    {
        var id = await gateway.StartAsync(await gateway.PublishAsync(Asks), new { input = "tea" });
        var step = await WaitForStepAsync(id, "draft", "waiting");
        Assert.Equal("Is tea good?", step.GetProperty("question").GetString());
        return id;
    }

    private async Task<JsonElement> WaitForStepAsync(Guid id, string step, string status, int round = 1)
    {
        JsonElement found = default;
        await TestKit.Eventually.TrueAsync(
            async () =>
            {
                found = (await gateway.GetAsync($"/api/v1/runs/{id}")).Body.Step(step);
                return found.Status() == status && found.GetProperty("round").GetInt32() == round;
            },
            TimeSpan.FromSeconds(30),
            () => found.GetRawText());
        return found;
    }
}
