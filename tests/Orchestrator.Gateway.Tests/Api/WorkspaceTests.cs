using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class WorkspaceTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Create_Workspace_Is201AndCanBeRead()
    {
        var created = await gateway.PostAsync("/api/v1/workspaces", new { id = "acme", name = "Acme", goal = "more", weight = 2.5, maxParallel = 4 }, 201);

        var read = await gateway.GetAsync("/api/v1/workspaces/acme");
        Assert.Equal("/api/v1/workspaces/acme", created.Headers.Location!.ToString());
        Assert.Equal(created.Body.ToString(), read.Body.ToString());
        Assert.Equal(2.5, read.Body.GetProperty("weight").GetDouble());
        Assert.False(read.Body.GetProperty("paused").GetBoolean());
    }

    [Fact]
    public async Task Create_IdThatIsTaken_Is409()
    {
        var id = await gateway.NewWorkspaceAsync();

        var answer = await gateway.PostAsync("/api/v1/workspaces", new { id }, 409);

        Assert.Equal("workspace-exists", answer.Problem);
        Assert.Equal(["/id"], answer.Pointers);
    }

    [Theory]
    [InlineData("{}", new[] { "/id" })]
    [InlineData("{\"id\":\"A B\",\"name\":1,\"goal\":2,\"weight\":0,\"maxParallel\":0,\"fuse\":{}}", new[] { "/fuse", "/goal", "/id", "/maxParallel", "/name", "/weight" })]
    public async Task Create_BadBody_NamesEveryField(string body, string[] pointers) =>
        Assert.Equal(pointers, (await gateway.PostAsync("/api/v1/workspaces", body, 400)).Pointers);

    [Fact]
    public async Task Patch_SomeMembers_KeepsTheOthersAndNullClears()
    {
        var id = await gateway.NewWorkspaceAsync(new { name = "n", goal = "g", maxParallel = 3 });

        var patched = await gateway.PatchAsync($"/api/v1/workspaces/{id}", "{\"maxParallel\":null,\"goal\":\"h\"}");

        Assert.Equal("n", patched.Text("name"));
        Assert.Equal("h", patched.Text("goal"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, patched.Body.GetProperty("maxParallel").ValueKind);
        Assert.Equal(["/weight"], (await gateway.PatchAsync($"/api/v1/workspaces/{id}", "{\"weight\":null}", 400)).Pointers);
    }

    [Fact]
    public async Task List_WithCounts_SaysWhatRunsAndWhatIsReady()
    {
        var (busy, idle) = (await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync());
        await gateway.SubmitAsync(busy, new { action = "nobody.serves" });
        await gateway.SubmitAsync(busy, new { action = "nobody.serves" });
        await gateway.SubmitAsync(busy, new { action = GateWorker.Action, input = busy });
        await gateway.Gates.StartedAsync(busy);

        var counted = (await gateway.GetAsync("/api/v1/workspaces?limit=500&counts=true")).Body.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("id").GetString()!);
        var plain = (await gateway.GetAsync("/api/v1/workspaces?limit=500")).Body.GetProperty("items")[0];
        gateway.Gates.Open(busy);

        Assert.Equal([1, 2], new[] { "running", "queued" }.Select(name => counted[busy].GetProperty(name).GetInt64()));
        Assert.Equal([0, 0], new[] { "running", "queued" }.Select(name => counted[idle].GetProperty(name).GetInt64()));
        Assert.All(new[] { "running", "queued" }, name => Assert.Equal(System.Text.Json.JsonValueKind.Null, plain.GetProperty(name).ValueKind));
        Assert.Equal(["/counts"], (await gateway.GetAsync("/api/v1/workspaces?counts=maybe", 400)).Pointers);
    }

    [Fact]
    public async Task Pause_ForATime_HoldsTasksBackUntilResumed()
    {
        var id = await gateway.NewWorkspaceAsync();

        var paused = await gateway.PostAsync($"/api/v1/workspaces/{id}/pause", new { forSeconds = 600 });
        var task = await gateway.SubmitAsync(id, new { action = EchoWorker.Action, input = 1 });
        var held = (await gateway.GetAsync($"/api/v1/tasks/{task}?wait=1")).Text("status");
        var resumed = await gateway.PostAsync($"/api/v1/workspaces/{id}/resume");

        Assert.True(paused.Body.GetProperty("paused").GetBoolean());
        Assert.True(paused.Body.GetProperty("pausedUntil").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(9));
        Assert.Equal("queued", held);
        Assert.False(resumed.Body.GetProperty("paused").GetBoolean());
        Assert.Equal("completed", (await gateway.WaitAsync(task)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("{\"forSeconds\":0}", 400, new[] { "/forSeconds" })]
    [InlineData("{\"forSeconds\":1,\"until\":\"2090-01-01T00:00:00Z\"}", 400, new[] { "/until" })]
    [InlineData("{\"until\":\"2020-01-01T00:00:00Z\"}", 422, new[] { "/until" })]
    public async Task Pause_BadBody_IsRefused(string body, int status, string[] pointers)
    {
        var id = await gateway.NewWorkspaceAsync();

        Assert.Equal(pointers, (await gateway.PostAsync($"/api/v1/workspaces/{id}/pause", body, status)).Pointers);
        Assert.False((await gateway.GetAsync($"/api/v1/workspaces/{id}")).Body.GetProperty("paused").GetBoolean());
    }

    [Fact]
    public async Task Delete_Workspace_OnlyWithoutLiveTasks()
    {
        var id = await gateway.NewWorkspaceAsync();
        var task = await gateway.SubmitAsync(id, new { action = "nobody.serves" });

        using var refused = await gateway.Client.DeleteAsync(new Uri($"/api/v1/workspaces/{id}", UriKind.Relative));
        await gateway.PostAsync($"/api/v1/tasks/{task}/cancel");
        using var deleted = await gateway.Client.DeleteAsync(new Uri($"/api/v1/workspaces/{id}", UriKind.Relative));
        using var again = await gateway.Client.DeleteAsync(new Uri($"/api/v1/workspaces/{id}", UriKind.Relative));

        Assert.Equal("workspace-in-use", (await Answer.ReadAsync(refused, 409)).Problem);
        await Answer.ReadAsync(deleted, 204);
        await Answer.ReadAsync(again, 404);
        await gateway.GetAsync($"/api/v1/tasks/{task}", 404);
    }

    [Fact]
    public async Task Delete_DefaultWorkspace_Is409()
    {
        using var refused = await gateway.Client.DeleteAsync(new Uri("/api/v1/workspaces/default", UriKind.Relative));

        Assert.Equal("workspace-in-use", (await Answer.ReadAsync(refused, 409)).Problem);
    }

    [Fact]
    public async Task List_Workspaces_PagesById()
    {
        await gateway.NewWorkspaceAsync();
        var first = await gateway.GetAsync("/api/v1/workspaces?limit=1");

        var second = await gateway.GetAsync($"/api/v1/workspaces?limit=1&cursor={first.Text("nextCursor")}");

        Assert.True(string.CompareOrdinal(Id(first), Id(second)) < 0);
        Assert.Equal(["/cursor"], (await gateway.GetAsync("/api/v1/workspaces?cursor=a", 400)).Pointers);
    }

    private static string Id(Answer page) => page.Body.GetProperty("items")[0].GetProperty("id").GetString()!;
}
