using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using static Orchestrator.Gateway.Tests.Runs.RunGateway;

namespace Orchestrator.Gateway.Tests.Runs;

public sealed class RunTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string Chain = """
        steps:
          - { id: a, action: generation.echo, input: { text: "${{ run.input.text }}" } }
          - { id: b, action: generation.echo, input: { text: "${{ steps.a.output.text }}-b" } }
        output: { answer: "${{ steps.b.output.text }}" }
        """;

    [Fact]
    public async Task Start_ChainOfSteps_Is202AndAnswersTheOutputWhenItHasEnded()
    {
        var name = await gateway.PublishAsync(Chain);
        var started = await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", new { input = new { text = "tea" }, tags = new[] { "x" }, priority = "high" }, 202);
        var id = started.Body.GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/runs/{id}", started.Headers.Location!.ToString());
        Assert.Equal(("started", $"test/{name}@1", "default"), (started.Body.Status(), started.Text("definition"), started.Text("workspace")));

        var run = await gateway.WaitForRunAsync(id);

        Assert.Equal(("completed", "{\"answer\":\"tea-b\"}"), (run.Status(), run.GetProperty("output").GetRawText()));
        Assert.Equal("{\"text\":\"tea\"}", run.GetProperty("input").GetRawText());
        Assert.Equal((600, 1), (run.GetProperty("priority").GetInt32(), run.GetProperty("maxParallel").GetInt32()));
        Assert.All(run.GetProperty("steps").EnumerateArray(), step => Assert.Equal(("completed", 1), (step.Status(), step.GetProperty("round").GetInt32())));
        Assert.Equal(
            ["run.started", "step.queued", "step.completed", "step.queued", "step.completed", "run.completed"], await gateway.EventsAsync(id));
    }

    [Fact]
    public async Task Start_WithPreferWait_Is200WithTheOutput()
    {
        var name = await gateway.PublishAsync(Chain);
        var ended = await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", new { input = new { text = "t" } }, 200, ("Prefer", "wait=30"));
        Assert.Equal("t-b", ended.Body.GetProperty("output").GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Start_WithoutABody_HasNoInput()
    {
        var run = await gateway.RunAsync("steps: [{ id: a, action: generation.echo, input: { in: \"${{ run.input }}\" } }]");
        Assert.Equal("{\"a\":{\"in\":null}}", run.GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task SubRun_WhoseInputDoesNotFitItsSchema_FailsTheStep()
    {
        var inner = await gateway.PublishAsync("""
            input: { type: object, required: [n], properties: { n: { type: integer } } }
            steps: [{ id: a, action: generation.echo, input: { n: "${{ run.input.n }}" } }]
            """);
        var outer = await gateway.PublishAsync($"steps: [{{ id: sub, run: test/{inner}@1, input: {{ n: \"${{{{ run.input }}}}\" }} }}]");

        var bad = (await gateway.PostAsync($"/api/v1/definitions/test/{outer}/runs", new { input = "x" }, 200)).Body;
        var good = await gateway.WaitForRunAsync(await gateway.StartAsync(outer, new { input = 1 }));

        Assert.Equal(("failed", "completed"), (bad.Status(), good.Status()));
        var error = bad.Step("sub").GetProperty("error");
        Assert.Equal("invalid_input", error.GetProperty("code").GetString());
        Assert.Contains("/n must be", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RepeatedKey_AnswersTheSameRun()
    {
        var name = await gateway.PublishAsync(Chain);
        var path = $"/api/v1/definitions/test/{name}/runs";
        var first = await gateway.PostAsync(path, "{\"input\":{\"text\":\"1\"}}", 202, ("Idempotency-Key", $"{name}-k"));
        await gateway.WaitForRunAsync(first.Body.GetProperty("id").GetGuid());

        var again = await gateway.PostAsync(path, "{\"input\":{\"text\":\"1\"}}", 200, ("Idempotency-Key", $"{name}-k"));
        var other = await gateway.PostAsync(path, "{\"input\":{\"text\":\"2\"}}", 422, ("Idempotency-Key", $"{name}-k"));

        Assert.Equal((first.Text("id"), "true"), (again.Text("id"), again.Headers.GetValues("Idempotency-Replayed").Single()));
        Assert.Equal("idempotency-conflict", other.Problem);
    }

    [Fact]
    public async Task Start_Version_IsTheLastOneUnlessNamed()
    {
        var name = NewName();
        foreach (var version in new[] { "1", "2" })
        {
            await gateway.PostAsync(
                "/api/v1/definitions",
                Yaml($"owner: test\nname: {name}\nversion: \"{version}\"\nsteps: [{{ id: a, action: generation.echo, input: {version} }}]"),
                201);
        }

        var last = await gateway.WaitForRunAsync(await gateway.StartAsync(name));
        var first = await gateway.WaitForRunAsync(await gateway.StartAsync(name, new { version = "1" }));

        Assert.Equal(("{\"a\":2}", "{\"a\":1}"), (last.GetProperty("output").GetRawText(), first.GetProperty("output").GetRawText()));
        Assert.Equal("definition-not-found", (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", new { version = "3" }, 404)).Problem);
        Assert.Equal("definition-not-found", (await gateway.PostAsync("/api/v1/definitions/test/nothing/runs", null, 404)).Problem);
    }

    [Theory]
    [InlineData("[]", new[] { "" })]
    [InlineData("{\"workspace\":\"A B\",\"version\":\"!\",\"priority\":\"urgent\",\"tags\":[1,\"\"],\"surprise\":1}", new[] { "/priority", "/surprise", "/tags/0", "/tags/1", "/version", "/workspace" })]
    public async Task Start_BadBody_NamesEveryField(string body, string[] pointers)
    {
        var name = await gateway.PublishAsync(Chain);
        Assert.Equal(pointers, (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", body, 400)).Pointers);
    }

    [Fact]
    public async Task Start_InputThatTheSchemaRefuses_NamesEveryPlace()
    {
        var name = await gateway.PublishAsync(
            "input: { type: object, required: [topic], properties: { topic: { type: string }, depth: { type: integer, maximum: 3 } } }\nsteps: [{ id: a, action: generation.echo }]");

        var refused = await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", "{\"input\":{\"topic\":1,\"depth\":4}}", 400);

        Assert.Equal(["/input/depth", "/input/topic"], refused.Pointers);
        Assert.Equal(["/input"], (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", null, 400)).Pointers);
        Assert.Equal(
            ["/input/topic", "/tag"], (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", "{\"input\":{\"topic\":1},\"tag\":[\"x\"]}", 400)).Pointers);
        Assert.Equal(["/tag"], (await gateway.PostAsync("/api/v1/definitions/test/nothing/runs", "{\"tag\":[\"x\"]}", 400)).Pointers);
        Assert.Equal("completed", (await gateway.WaitForRunAsync(await gateway.StartAsync(name, new { input = new { topic = "t" } }))).Status());
    }

    [Fact]
    public async Task Start_PathsAndWorkspacesThatAreNone_AreRefused()
    {
        var name = await gateway.PublishAsync(Chain);
        Assert.Equal(["/name", "/owner"], (await gateway.PostAsync("/api/v1/definitions/T%20/!/runs", null, 400)).Pointers);
        Assert.Equal("workspace-not-found", (await gateway.PostAsync($"/api/v1/definitions/test/{name}/runs", new { workspace = "nowhere" }, 404)).Problem);
        Assert.Equal(["/id"], (await gateway.GetAsync("/api/v1/runs/x", 400)).Pointers);
        Assert.Equal("run-not-found", (await gateway.GetAsync($"/api/v1/runs/{Guid.CreateVersion7()}", 404)).Problem);
        Assert.Equal("run-not-found", (await gateway.GetAsync($"/api/v1/runs/{Guid.CreateVersion7()}/events", 404)).Problem);
        Assert.Equal(["/wait"], (await gateway.GetAsync($"/api/v1/runs/{Guid.CreateVersion7()}?wait=61", 400)).Pointers);
    }

    [Fact]
    public async Task Step_WithItems_CountsThemAndAnswersOutputsAndTasks()
    {
        var name = await gateway.PublishAsync("""
            execution: { concurrency: { maxParallel: 4 } }
            steps:
              - { id: each, foreach: "${{ run.input }}", action: generation.echo, input: { n: "${{ item }}", i: "${{ index }}" }, output: "${{ output.n }}" }
            """);
        var id = await gateway.StartAsync(name, new { input = new[] { 7, 8, 9 } });

        var run = await gateway.WaitForRunAsync(id);
        var step = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/each")).Body;
        var item = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/each?item=1")).Body;

        Assert.Equal(("{\"each\":[7,8,9]}", 3), (run.GetProperty("output").GetRawText(), run.Step("each").GetProperty("items").GetProperty("completed").GetInt32()));
        Assert.Equal(("[7,8,9]", false), (step.GetProperty("output").GetRawText(), step.GetProperty("outputOmitted").GetBoolean()));
        Assert.Equal(["each[0]", "each[1]", "each[2]"], step.GetProperty("work").EnumerateArray().Select(work => work.GetProperty("stepId").GetString()!).Order());
        Assert.Equal("8", item.GetProperty("output").GetRawText());
        var work = Assert.Single(item.GetProperty("work").EnumerateArray());
        var task = (await gateway.GetAsync($"/api/v1/tasks/{work.GetProperty("taskId").GetGuid()}")).Body;
        Assert.Equal((id, "each[1]"), (task.GetProperty("runId").GetGuid(), task.GetProperty("stepId").GetString()));
        Assert.Equal("step-not-found", (await gateway.GetAsync($"/api/v1/runs/{id}/steps/each?item=3", 404)).Problem);
        Assert.Equal("step-not-found", (await gateway.GetAsync($"/api/v1/runs/{id}/steps/other", 404)).Problem);
        Assert.Equal(["/step"], (await gateway.GetAsync($"/api/v1/runs/{id}/steps/1", 400)).Pointers);
    }

    [Fact]
    public async Task Step_ItemThatFailed_SaysWhy()
    {
        var name = await gateway.PublishAsync(
            "steps: [{ id: each, foreach: \"[2, 0]\", onFailure: continue, action: generation.echo, input: { n: \"${{ item }}\" }, output: \"${{ 4 / output.n }}\" }]");
        var id = await gateway.StartAsync(name);
        Assert.Equal("{\"each\":[2,null]}", (await gateway.WaitForRunAsync(id)).GetProperty("output").GetRawText());

        var good = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/each?item=0")).Body.GetProperty("item");
        var bad = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/each?item=1")).Body.GetProperty("item");

        Assert.Equal((0, "completed", JsonValueKind.Null), (good.GetProperty("index").GetInt32(), good.Status(), good.GetProperty("error").ValueKind));
        Assert.Equal((1, "failed", "invalid_input"), (bad.GetProperty("index").GetInt32(), bad.Status(), bad.GetProperty("error").GetProperty("code").GetString()));
        Assert.False((await gateway.GetAsync($"/api/v1/runs/{id}/steps/each")).Body.TryGetProperty("item", out var none) && none.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Step_ThatIsARun_NamesItsRunAndThatItsParent()
    {
        var inner = await gateway.PublishAsync(Chain);
        var name = await gateway.PublishAsync($"steps: [{{ id: sub, run: test/{inner}@1, input: {{ text: x }} }}]");
        var id = await gateway.StartAsync(name);

        var run = await gateway.WaitForRunAsync(id);
        var child = (await gateway.GetAsync($"/api/v1/runs/{id}/steps/sub")).Body.GetProperty("work")[0].GetProperty("runId").GetGuid();

        Assert.Equal("{\"sub\":{\"answer\":\"x-b\"}}", run.GetProperty("output").GetRawText());
        var below = (await gateway.GetAsync($"/api/v1/runs/{child}")).Body;
        Assert.Equal((id, "sub"), (below.GetProperty("parentId").GetGuid(), below.GetProperty("parentStep").GetString()));
        Assert.Equal([child], (await ListAsync($"default/runs?parentId={id}")).Select(Id));
    }

    [Fact]
    public async Task List_Filters_AnswerTheRunsThatFitNewestFirst()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var chain = await gateway.PublishAsync(Chain);
        var bad = await gateway.PublishAsync("steps: [{ id: a, action: test.gate, input: 1 }]");
        var ids = new List<Guid>();
        foreach (var (name, tag) in new[] { (chain, "x"), (chain, "y"), (bad, "x") })
        {
            ids.Add(await gateway.StartAsync(name, new { workspace, tags = new[] { tag } }));
            await gateway.WaitForRunAsync(ids[^1]);
        }

        Assert.Equal([ids[2], ids[1], ids[0]], (await ListAsync($"{workspace}/runs")).Select(Id));
        Assert.Equal([ids[2], ids[0]], (await ListAsync($"{workspace}/runs?tag=x")).Select(Id));
        Assert.Equal([ids[2]], (await ListAsync($"{workspace}/runs?status=failed")).Select(Id));
        Assert.Equal([ids[1], ids[0]], (await ListAsync($"{workspace}/runs?definition=test/{chain}")).Select(Id));
        Assert.Equal([ids[1], ids[0]], (await ListAsync($"{workspace}/runs?definition=test/{chain}@1")).Select(Id));
        Assert.Empty(await ListAsync($"{workspace}/runs?definition=test/{chain}@2"));
        var first = await gateway.GetAsync($"/api/v1/workspaces/{workspace}/runs?limit=2");
        Assert.Equal([ids[0]], (await ListAsync($"{workspace}/runs?limit=2&cursor={first.Text("nextCursor")}")).Select(Id));
        Assert.Equal(
            ["/cursor", "/definition", "/limit", "/parentId", "/status", "/surprise", "/tag"],
            (await gateway.GetAsync($"/api/v1/workspaces/{workspace}/runs?cursor=!&definition=x&limit=0&parentId=y&status=running&surprise=1&tag=", 400)).Pointers);
        Assert.Equal("workspace-not-found", (await gateway.GetAsync("/api/v1/workspaces/nowhere/runs", 404)).Problem);
    }

    [Fact]
    public async Task Events_OfARun_StreamAsTheyHappenAndEndWithIt()
    {
        var gate = NewName();
        var name = await gateway.PublishAsync($"steps: [{{ id: a, action: test.gate, input: {gate} }}]");
        var id = await gateway.StartAsync(name);
        using var stream = await EventReader.OpenAsync(gateway.Client, id, of: "runs");
        Assert.Equal("run.started", (await stream.NextAsync())!.Type);
        var queued = (await stream.NextAsync())!;
        Assert.Equal(("step.queued", "a"), (queued.Type, queued.Data.GetProperty("data").GetProperty("step").GetString()));
        await gateway.Gates.StartedAsync(gate);
        gateway.Gates.Open(gate);

        var rest = await stream.ReadToEndAsync();

        Assert.Equal([(3, "step.completed"), (4, "run.completed")], rest.Select(entry => (entry.Id, entry.Type)));
        using var nothing = await EventReader.RequestAsync(gateway.Client, id, lastEventId: 4, of: "runs");
        Assert.Equal(204, (int)nothing.StatusCode);
        var page = await gateway.GetAsync($"/api/v1/runs/{id}/events?after=1&limit=2");
        Assert.Equal(("3", 2), (page.Text("nextCursor"), page.Body.GetProperty("items")[0].GetProperty("seq").GetInt32()));
    }

    [Fact]
    public async Task Run_WhoseStepFails_TellsTheStepAndTheCode()
    {
        var run = await gateway.RunAsync("steps: [{ id: broken, action: test.gate, input: 1 }, { id: after, needs: [broken], action: generation.echo }]");

        Assert.Equal(("failed", "failed"), (run.Status(), run.Step("broken").Status()));
        Assert.Contains("broken", run.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(run.Step("broken").GetProperty("error").GetProperty("code").GetString(), run.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("output").ValueKind);
    }

    private static Guid Id(JsonElement run) => run.GetProperty("id").GetGuid();

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await gateway.GetAsync($"/api/v1/workspaces/{path}")).Body.GetProperty("items").EnumerateArray()];
}
