using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class SubmissionTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly string[] ContractMembers =
    [
        "id", "workspace", "action", "name", "description", "ownerId", "tags", "status", "waitingFor", "score", "scoreSource", "attempt",
        "maxAttempts", "timeoutMs", "deadlineAt", "runAt", "delegationDepth", "parentId", "redriveOf", "runId", "stepId", "dependsOn",
        "onDependencyFailure", "resources", "skills", "progress", "result", "error", "usage", "createdAt", "startedAt", "finishedAt", "links",
    ];

    [Fact]
    public async Task Submit_Task_Answers202WithTheTaskAsItIsRead()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        using var resource = await gateway.Client.PutAsync(
            new Uri("/api/v1/resources/google_search_api", UriKind.Relative), TestGateway.Json("{\"capacity\":100,\"refillPerSecond\":1}"));
        var parent = await gateway.SubmitAsync(workspace, new { action = "nobody.serves" });

        var answer = await gateway.PostAsync(
            $"/api/v1/workspaces/{workspace}/tasks",
            new
            {
                action = "nobody.serves",
                name = "n",
                description = "d",
                ownerId = "o",
                tags = new[] { "t" },
                priority = "high",
                maxAttempts = 5,
                timeoutMs = 1234,
                deadlineAt = "2090-01-01T01:00:00+01:00",
                parentId = parent,
                dependsOn = new[] { parent },
                onDependencyFailure = "run",
                resources = new { google_search_api = 1 },
                skills = new[] { "s" },
            },
            202);

        var read = await gateway.GetAsync($"/api/v1/tasks/{answer.Text("id")}");
        Assert.Equal($"/api/v1/tasks/{answer.Text("id")}", answer.Headers.Location!.ToString());
        Assert.Equal(ContractMembers, answer.Body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(read.Body.ToString(), answer.Body.ToString());
        Assert.Equal("blocked", answer.Text("status"));
        Assert.Equal("2090-01-01T00:00:00.000000Z", answer.Text("deadlineAt"));
        Assert.Equal(1, answer.Body.GetProperty("delegationDepth").GetInt32());
        Assert.Equal(600, answer.Body.GetProperty("score").GetInt32());
    }

    [Fact]
    public async Task Submit_PreferWait_Is200WithTheResultByteForByte()
    {
        var answer = await gateway.PostAsync(
            "/api/v1/workspaces/default/tasks",
            $"{{\"action\":\"{EchoWorker.Action}\",\"input\":{{\"n\":1.0,\"u\":[true,null]}}}}",
            200,
            ("Prefer", "respond-async, wait=30"));

        Assert.Equal("completed", answer.Text("status"));
        Assert.Equal("{\"n\":1.0,\"u\":[true,null]}", answer.Body.GetProperty("result").GetRawText());
        Assert.Equal("wait=30", answer.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task Submit_PreferWaitTooShort_Is202WithTheTaskAsItStands()
    {
        var answer = await gateway.PostAsync(
            "/api/v1/workspaces/default/tasks", new { action = GateWorker.Action, input = "too-short" }, 202, ("Prefer", "wait=1"));

        Assert.Equal("processing", answer.Text("status"));
        gateway.Gates.Open("too-short");
    }

    [Fact]
    public async Task Generate_KnownAction_WaitsFor200()
    {
        var answer = await gateway.PostAsync("/api/v1/generation/echo", new { input = new { text = "hello" } });

        Assert.Equal("default", answer.Text("workspace"));
        Assert.Equal(EchoWorker.Action, answer.Text("action"));
        Assert.Equal("hello", answer.Body.GetProperty("result").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Generate_PreferNoWait_Is202InTheNamedWorkspace()
    {
        var workspace = await gateway.NewWorkspaceAsync();

        var answer = await gateway.PostAsync("/api/v1/generation/nothing", new { workspace, input = 1, tags = new[] { "t" } }, 202, ("Prefer", "wait=0"));

        Assert.Equal(workspace, answer.Text("workspace"));
        Assert.Equal("generation.nothing", answer.Text("action"));
    }

    [Theory]
    [InlineData("/api/v1/generation/echo", "{}", new[] { "/input" })]
    [InlineData("/api/v1/generation/Echo!", "{\"input\":1,\"action\":\"a\"}", new[] { "/action" })]
    [InlineData("/api/v1/generation/echo", "{\"input\":1,\"workspace\":\"W!\",\"x\":1}", new[] { "/workspace", "/x" })]
    public async Task Generate_BadBody_NamesEveryField(string path, string body, string[] pointers) =>
        Assert.Equal(pointers, (await gateway.PostAsync(path, body, 400)).Pointers);

    [Fact]
    public async Task Get_WithWait_AnswersWhenTheTaskEnds()
    {
        var id = await gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "get-wait" });
        await gateway.Gates.StartedAsync("get-wait");
        var waiting = gateway.GetAsync($"/api/v1/tasks/{id}?wait=30");
        Assert.False(waiting.IsCompleted);

        gateway.Gates.Open("get-wait");

        Assert.Equal("completed", (await waiting).Text("status"));
    }

    [Fact]
    public async Task GetResult_BeforeAndAfterTheEnd_Is409ThenTheBareResult()
    {
        var id = await gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "bare" });
        await gateway.Gates.StartedAsync("bare");

        Assert.Equal("no-result", (await gateway.GetAsync($"/api/v1/tasks/{id}/result", 409)).Problem);
        gateway.Gates.Open("bare");
        var result = await gateway.GetAsync($"/api/v1/tasks/{id}/result?wait=30");

        Assert.Equal(JsonValueKind.String, result.Body.ValueKind);
        Assert.Equal("bare", result.Body.GetString());
    }

    [Fact]
    public async Task Get_QueuedTaskWithPosition_SaysHowManyAreBefore()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var later = await gateway.SubmitAsync(workspace, new { action = "nobody.serves", priority = "low" });
        await gateway.SubmitAsync(workspace, new { action = "nobody.serves", priority = "high" });

        var asked = await gateway.GetAsync($"/api/v1/tasks/{later}?position=true");
        var plain = await gateway.GetAsync($"/api/v1/tasks/{later}");

        Assert.Equal(1, asked.Body.GetProperty("queuePosition").GetInt32());
        Assert.False(plain.Body.TryGetProperty("queuePosition", out _));
    }

    [Theory]
    [InlineData("/api/v1/tasks/not-an-id", 400, new[] { "/id" })]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057", 404, new string[0])]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057?wait=20", 404, new string[0])]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057?wait=61&position=maybe&x=1", 400, new[] { "/position", "/wait", "/x" })]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057?wait=1&wait=2", 400, new[] { "/wait" })]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057/events", 404, new string[0])]
    [InlineData("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057/why", 404, new string[0])]
    [InlineData("/api/v1/tasks/x/why?deep=1", 400, new[] { "/deep" })]
    public async Task Get_BadIdOrQuery_IsRefused(string path, int status, string[] pointers) =>
        Assert.Equal(pointers, (await gateway.GetAsync(path, status)).Pointers);
}
