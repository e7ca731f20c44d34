using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class WhyTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Why_UnknownAction_IsUnservableAndEndsAtItsDeadline()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves", deadlineAt = DateTimeOffset.UtcNow.AddSeconds(3) });

        var why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");
        var ended = await gateway.WaitAsync(id);

        Assert.Equal("unservable", why.Text("code"));
        Assert.Contains("has no worker for it", why.Text("message"), StringComparison.Ordinal);
        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Equal("deadline_exceeded", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("ended", (await gateway.GetAsync($"/api/v1/tasks/{id}/why")).Text("code"));
    }

    [Fact]
    public async Task Why_SkillThatNobodyHas_IsNamedAndTheTaskBehindItRuns()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var id = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, skills = new[] { "echoing", "law" }, priority = "high" });
        var able = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = 1, skills = new[] { "echoing" } });

        Assert.Equal("completed", (await gateway.WaitAsync(able)).GetProperty("status").GetString());
        var why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");
        Assert.Equal(("queued", "missing_skill"), (why.Text("status"), why.Text("code")));
        Assert.Equal(["law"], why.Body.GetProperty("reasons")[0].GetProperty("skills").EnumerateArray().Select(skill => skill.GetString()));
        var silo = (await gateway.GetAsync("/api/v1/silos")).Body.GetProperty("items")[0];
        var actions = silo.GetProperty("actions").EnumerateArray().ToDictionary(action => action.GetProperty("action").GetString()!);
        Assert.Equal(0.8, actions[EchoWorker.Action].GetProperty("skills").GetProperty("echoing").GetDouble());
        Assert.False(actions[GateWorker.Action].TryGetProperty("skills", out _));
    }

    [Fact]
    public async Task Why_ScheduledTask_SaysUntilWhen()
    {
        var id = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, runAt = "2090-01-01T00:00:00Z" });

        var why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");

        Assert.Equal("scheduled", why.Text("code"));
        Assert.Equal("2090-01-01T00:00:00.000000Z", why.Body.GetProperty("reasons")[0].GetProperty("until").GetString());
    }

    [Fact]
    public async Task Why_BlockedTask_NamesWhatItWaitsFor()
    {
        var first = await gateway.SubmitAsync("default", new { action = "nobody.serves" });
        var id = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, dependsOn = new[] { first } });

        var why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");

        Assert.Equal("blocked_by_tasks", why.Text("code"));
        Assert.Equal(first, why.Body.GetProperty("reasons")[0].GetProperty("blockedBy")[0].GetGuid());
    }

    [Fact]
    public async Task Why_PausedWorkspace_SaysSo()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause", new { forSeconds = 600 });
        var id = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action });

        var why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");

        Assert.Equal("workspace_paused", why.Text("code"));
        Assert.Equal(0, why.Body.GetProperty("queuePosition").GetInt32());
    }

    [Fact]
    public async Task Why_WorkspaceAtItsLimit_SaysSoAndTheRunningTaskSaysWhere()
    {
        var workspace = await gateway.NewWorkspaceAsync(new { maxParallel = 1 });
        var running = await gateway.SubmitAsync(workspace, new { action = GateWorker.Action, input = "limit" });
        await gateway.Gates.StartedAsync("limit");
        var waiting = await gateway.SubmitAsync(workspace, new { action = EchoWorker.Action, input = 1 });

        var why = await gateway.GetAsync($"/api/v1/tasks/{waiting}/why");
        var where = await gateway.GetAsync($"/api/v1/tasks/{running}/why");
        gateway.Gates.Open("limit");

        Assert.Equal("workspace_at_limit", why.Text("code"));
        Assert.Equal("running", where.Text("code"));
        Assert.Contains(" on ", where.Text("message"), StringComparison.Ordinal);
        Assert.Equal("completed", (await gateway.WaitAsync(waiting)).GetProperty("status").GetString());
    }
}
