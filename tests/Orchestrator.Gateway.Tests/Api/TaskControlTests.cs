using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class TaskControlTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Cancel_QueuedTask_Is200AndThen409()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        var cancelled = await gateway.PostAsync($"/api/v1/tasks/{id}/cancel");
        var again = await gateway.PostAsync($"/api/v1/tasks/{id}/cancel", status: 409);

        Assert.Equal("cancelled", cancelled.Text("status"));
        Assert.Equal("cancelled", cancelled.Body.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("task-ended", again.Problem);
    }

    [Fact]
    public async Task Cancel_RunningParent_CancelsItsDescendants()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var parent = await gateway.SubmitAsync(workspace, new { action = GateWorker.Action, input = "cancelled-parent" });
        await gateway.Gates.StartedAsync("cancelled-parent");
        var child = await gateway.SubmitAsync(workspace, new { action = "nobody.serves", parentId = parent });
        var grandchild = await gateway.SubmitAsync(workspace, new { action = "nobody.serves", parentId = child });

        await gateway.PostAsync($"/api/v1/tasks/{parent}/cancel");

        Assert.Equal("cancelled", (await gateway.WaitAsync(parent)).GetProperty("status").GetString());
        Assert.Equal("cancelled", (await gateway.WaitAsync(grandchild)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Retry_EndedTask_IsANewTaskWithTheSameInput()
    {
        var first = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = new { a = 1 }, name = "n", tags = new[] { "t" }, priority = 7 });
        await gateway.WaitAsync(first);

        var answer = await gateway.PostAsync($"/api/v1/tasks/{first}/retry", status: 202);
        var repeated = await gateway.WaitAsync(Guid.Parse(answer.Text("id")));

        Assert.Equal(first.ToString(), answer.Text("redriveOf"));
        Assert.Equal("n", answer.Text("name"));
        Assert.Equal(7, answer.Body.GetProperty("score").GetInt32());
        Assert.Equal(1, repeated.GetProperty("result").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Retry_WithAnotherInput_UsesIt()
    {
        var first = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = 1 });
        await gateway.WaitAsync(first);

        var answer = await gateway.PostAsync($"/api/v1/tasks/{first}/retry", new { input = 2 }, 200, ("Prefer", "wait=30"));

        Assert.Equal(2, answer.Body.GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Retry_SameKeyTwice_MakesOneTask()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var first = await gateway.SubmitAsync(workspace, new { action = "nobody.serves" });
        await gateway.PostAsync($"/api/v1/tasks/{first}/cancel");

        var one = await gateway.PostAsync($"/api/v1/tasks/{first}/retry", status: 202, headers: ("Idempotency-Key", "k"));
        var two = await gateway.PostAsync($"/api/v1/tasks/{first}/retry", status: 202, headers: ("Idempotency-Key", "k"));

        Assert.Equal(one.Text("id"), two.Text("id"));
        Assert.Equal(2, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Retry_LiveTask_Is409()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        Assert.Equal("task-not-ended", (await gateway.PostAsync($"/api/v1/tasks/{id}/retry", status: 409)).Problem);
    }

    [Fact]
    public async Task Patch_TaskThatHasNotStarted_ChangesIt()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");
        var id = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = "before" });

        var patched = await gateway.PatchAsync($"/api/v1/tasks/{id}", new { priority = "low", tags = new[] { "a", "b" }, input = "after" });
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/resume");
        var ended = await gateway.WaitAsync(id);

        Assert.Equal(100, patched.Body.GetProperty("score").GetInt32());
        Assert.Equal(["a", "b"], patched.Body.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("after", ended.GetProperty("result").GetString());
    }

    [Fact]
    public async Task Patch_RunAt_SchedulesAndReleases()
    {
        var id = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = 1, runAt = "2090-01-01T00:00:00Z" });

        var moved = await gateway.PatchAsync($"/api/v1/tasks/{id}", new { runAt = "2020-01-01T00:00:00Z" });

        Assert.Equal("2020-01-01T00:00:00.000000Z", moved.Text("runAt"));
        Assert.Equal("completed", (await gateway.WaitAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Patch_StartedTask_Is409()
    {
        var id = await gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "patched" });
        await gateway.Gates.StartedAsync("patched");

        var answer = await gateway.PatchAsync($"/api/v1/tasks/{id}", new { priority = 1 }, 409);

        Assert.Equal("task-started", answer.Problem);
        gateway.Gates.Open("patched");
    }

    [Theory]
    [InlineData("{}", new[] { "" })]
    [InlineData("{\"priority\":-1,\"runAt\":\"soon\",\"tags\":[1],\"name\":\"n\"}", new[] { "/name", "/priority", "/runAt", "/tags/0" })]
    [InlineData("{\"priority\":null,\"tags\":null}", new[] { "/priority", "/tags" })]
    public async Task Patch_BadBody_NamesEveryFieldAndChangesNothing(string body, string[] pointers)
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });
        var before = await gateway.GetAsync($"/api/v1/tasks/{id}");

        var answer = await gateway.PatchAsync($"/api/v1/tasks/{id}", body, 400);

        Assert.Equal(pointers, answer.Pointers);
        Assert.Equal(before.Body.ToString(), (await gateway.GetAsync($"/api/v1/tasks/{id}")).Body.ToString());
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    public async Task Post_UnknownTask_Is404(string operation) =>
        Assert.Equal("task-not-found", (await gateway.PostAsync($"/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057/{operation}", status: 404)).Problem);

    [Fact]
    public async Task Patch_UnknownTask_Is404() =>
        await gateway.PatchAsync("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057", new { priority = 1 }, 404);
}
