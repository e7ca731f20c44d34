using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class FuseTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Create_NoFuses_AnswersTheDefaultsAndClosedFuses()
    {
        var workspace = (await gateway.GetAsync($"/api/v1/workspaces/{await gateway.NewWorkspaceAsync()}")).Body;

        Assert.Equal(
            """{"delegationDepth":5,"antiLoop":{"maxExecutions":20,"windowSeconds":300,"pauseSeconds":900,"countAll":false},"pendingCap":{"delegated":5000,"total":1000000},"circuitBreaker":{"failures":5,"windowSeconds":300,"openSeconds":30}}""",
            workspace.GetProperty("fuses").ToString());
        Assert.Equal(
            ["delegationDepth", "antiLoop", "pendingCap", "budget", "circuitBreaker"],
            workspace.GetProperty("fuseStates").EnumerateObject().Where(state => state.Value.GetProperty("state").GetString() == "closed").Select(state => state.Name));
        Assert.Equal(JsonValueKind.Null, workspace.GetProperty("budget").ValueKind);
    }

    [Fact]
    public async Task Patch_SomeFuses_KeepsTheOthersAndNullMeansTheDefault()
    {
        var id = await gateway.NewWorkspaceAsync(new { fuses = new { delegationDepth = 2, antiLoop = new { maxExecutions = 7, countAll = true } }, budget = new { limit = 2.5 } });

        var patched = (await gateway.PatchAsync($"/api/v1/workspaces/{id}", "{\"fuses\":{\"antiLoop\":{\"maxExecutions\":null,\"windowSeconds\":9}},\"budget\":null}")).Body;

        var fuses = patched.GetProperty("fuses");
        Assert.Equal(2, fuses.GetProperty("delegationDepth").GetInt32());
        Assert.Equal("""{"maxExecutions":20,"windowSeconds":9,"pauseSeconds":900,"countAll":true}""", fuses.GetProperty("antiLoop").ToString());
        Assert.Equal(JsonValueKind.Null, patched.GetProperty("budget").ValueKind);
        var cleared = (await gateway.PatchAsync($"/api/v1/workspaces/{id}", "{\"fuses\":null}")).Body;
        Assert.Equal(5, cleared.GetProperty("fuses").GetProperty("delegationDepth").GetInt32());
    }

    [Theory]
    [InlineData("""{"fuses":{"delegationDepth":-1,"antiLoop":{"maxExecutions":0,"windowSeconds":86401,"countAll":1,"more":1},"pendingCap":{"delegated":0,"total":-5},"circuitBreaker":{"failures":0,"windowSeconds":0,"openSeconds":86401,"more":1},"fuse":1},"budget":{"limit":0}}""",
        new[] { "/budget/limit", "/fuses/antiLoop/countAll", "/fuses/antiLoop/maxExecutions", "/fuses/antiLoop/more", "/fuses/antiLoop/windowSeconds", "/fuses/circuitBreaker/failures", "/fuses/circuitBreaker/more", "/fuses/circuitBreaker/openSeconds", "/fuses/circuitBreaker/windowSeconds", "/fuses/delegationDepth", "/fuses/fuse", "/fuses/pendingCap/delegated", "/fuses/pendingCap/total" })]
    [InlineData("""{"fuses":7,"budget":{}}""", new[] { "/budget/limit", "/fuses" })]
    public async Task Patch_BadSettings_NamesEveryField(string body, string[] pointers)
    {
        var id = await gateway.NewWorkspaceAsync();

        Assert.Equal(pointers, (await gateway.PatchAsync($"/api/v1/workspaces/{id}", body, 400)).Pointers);
    }

    [Fact]
    public async Task Submit_BatchLargerThanThePendingCap_Is422ThatNamesTheCap()
    {
        var id = await gateway.NewWorkspaceAsync(new { fuses = new { pendingCap = new { total = 2 } } });
        var task = new { action = "nobody.serves" };

        var refused = await gateway.PostAsync($"/api/v1/workspaces/{id}/tasks/batch", new { tasks = new[] { task, task, task } }, 422);

        Assert.Equal(["/tasks"], refused.Pointers);
        Assert.Contains("pendingCap lets the workspace have 2 tasks", refused.Body.ToString(), StringComparison.Ordinal);
        var workspace = (await gateway.GetAsync($"/api/v1/workspaces/{id}")).Body;
        Assert.Equal("closed", workspace.GetProperty("fuseStates").GetProperty("pendingCap").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Submit_BeyondThePendingCap_Is429ThatNamesTheFuse()
    {
        var id = await gateway.NewWorkspaceAsync(new { fuses = new { pendingCap = new { total = 2 } } });
        await gateway.SubmitAsync(id, new { action = "nobody.serves" });
        await gateway.SubmitAsync(id, new { action = "nobody.serves" });

        var refused = await gateway.PostAsync($"/api/v1/workspaces/{id}/tasks", new { action = "nobody.serves" }, 429);

        Assert.Equal(("pending-cap", "pendingCap"), (refused.Problem, refused.Text("fuse")));
        Assert.NotNull(refused.Headers.RetryAfter);
        var workspace = (await gateway.GetAsync($"/api/v1/workspaces/{id}")).Body;
        Assert.Equal("tripped", workspace.GetProperty("fuseStates").GetProperty("pendingCap").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Execute_TooMuchInAWindow_PausesTheWorkspaceUntilItsFuseIsReset()
    {
        var id = await gateway.NewWorkspaceAsync(new { fuses = new { antiLoop = new { maxExecutions = 1, countAll = true } } });
        await gateway.GetAsync($"/api/v1/tasks/{await gateway.SubmitAsync(id, new { action = EchoWorker.Action, input = 1 })}?wait=30");
        var held = await gateway.SubmitAsync(id, new { action = EchoWorker.Action, input = 2 });
        await TestKit.Eventually.TrueAsync(
            async () => (await gateway.GetAsync($"/api/v1/tasks/{held}/why")).Text("code") == "fuse_tripped", TimeSpan.FromSeconds(30), () => "No fuse holds the task.");

        var reset = await gateway.PostAsync($"/api/v1/workspaces/{id}/fuses/antiLoop/reset");

        Assert.False(reset.Body.GetProperty("paused").GetBoolean());
        Assert.Equal("completed", (await gateway.GetAsync($"/api/v1/tasks/{held}?wait=30")).Text("status"));
        var events = (await gateway.GetAsync($"/api/v1/workspaces/{id}/events")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["fuse.tripped", "workspace.paused", "fuse.reset", "workspace.resumed"],
            events.Select(entry => entry.GetProperty("type").GetString()));
        Assert.Equal([1, 2, 3, 4], events.Select(entry => entry.GetProperty("seq").GetInt32()));
    }

    [Fact]
    public async Task Reset_UnknownFuseOrWorkspace_Is404()
    {
        var id = await gateway.NewWorkspaceAsync();

        Assert.Equal("fuse-not-found", (await gateway.PostAsync($"/api/v1/workspaces/{id}/fuses/other/reset", status: 404)).Problem);
        Assert.Equal("workspace-not-found", (await gateway.PostAsync("/api/v1/workspaces/nobody/fuses/budget/reset", status: 404)).Problem);
        Assert.Equal("workspace-not-found", (await gateway.GetAsync("/api/v1/workspaces/nobody/events", 404)).Problem);
    }
}
