using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Storage.Steering;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class RemoteLeaseTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Lease_ReadyTask_AnswersItAndItsResultIsAccepted()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action, name = "n", input = new { a = 1.50 }, timeoutMs = 60_000 });

        var lease = await LeaseOneAsync(action);
        var task = lease.GetProperty("task");
        await gateway.PostAsync($"{PathOf(lease)}/complete", """{"result": {"b" : 2.0}, "usage": {"inputTokens": 3, "cost": 0.25}}""");
        var ended = await gateway.WaitAsync(id);

        Assert.Equal((id, workspace, action, 1), (task.GetProperty("id").GetGuid(), task.GetProperty("workspace").GetString(), task.GetProperty("action").GetString(), task.GetProperty("attempt").GetInt32()));
        Assert.Equal("processing", task.GetProperty("status").GetString());
        Assert.Equal("""{"a":1.5}""", task.GetProperty("input").GetRawText());
        Assert.Equal(0, task.GetProperty("continuation").GetInt32());
        Assert.InRange(lease.GetProperty("expiresInMs").GetInt32(), 10_000, 15_000);
        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal("""{"b" : 2.0}""", ended.GetProperty("result").GetRawText());
        Assert.Equal((3, 0.25m), (ended.GetProperty("usage").GetProperty("inputTokens").GetInt64(), ended.GetProperty("usage").GetProperty("cost").GetDecimal()));
    }

    [Fact]
    public async Task Lease_NothingReady_AnswersNoneWhenTheTimeIsUp()
    {
        Assert.Empty(await LeaseAsync(new { actions = new[] { "remote.none" } }));
        Assert.Empty(await LeaseAsync(new { actions = new[] { "remote.none" }, waitMs = 100 }));
    }

    [Fact]
    public async Task Lease_TaskComesWhileItWaits_IsAnsweredAtOnce()
    {
        var (workspace, action) = await NewActionAsync();
        var waiting = LeaseAsync(new { actions = new[] { action }, waitMs = 30_000 });
        await SeenAsync(action);

        var id = await gateway.SubmitAsync(workspace, new { action });

        Assert.Equal(id, Assert.Single(await waiting.WaitAsync(TimeSpan.FromSeconds(4))).GetProperty("task").GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Lease_CallerLeaves_TasksGoToTheNext()
    {
        var (workspace, action) = await NewActionAsync();
        using var leaving = new CancellationTokenSource();
        var left = gateway.Client.PostAsync(new Uri("/api/v1/leases", UriKind.Relative), TestGateway.Json($$"""{"actions":["{{action}}"],"slots":5,"waitMs":60000}"""), leaving.Token);
        await SeenAsync(action);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        await gateway.SubmitAsync(workspace, new { action });

        Assert.Single(await LeaseAsync(new { actions = new[] { action }, waitMs = 10_000 }));
    }

    [Fact]
    public async Task Lease_WorkspacesNamed_GetsTheirsAlone()
    {
        var (first, action) = await NewActionAsync();
        var second = await gateway.NewWorkspaceAsync();
        await gateway.SubmitAsync(first, new { action });
        var id = await gateway.SubmitAsync(second, new { action });

        var lease = Assert.Single(await LeaseAsync(new { actions = new[] { action }, slots = 9, workspaces = new[] { second } }));

        Assert.Equal(id, lease.GetProperty("task").GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Lease_WorkspaceAtItsLimit_GetsNoMoreUntilOneEnds()
    {
        var action = NewAction();
        var workspace = await gateway.NewWorkspaceAsync(new { maxParallel = 1 });
        await gateway.SubmitAsync(workspace, new { action });
        await gateway.SubmitAsync(workspace, new { action });

        var first = Assert.Single(await LeaseAsync(new { actions = new[] { action }, slots = 9 }));
        Assert.Empty(await LeaseAsync(new { actions = new[] { action }, slots = 9 }));
        var next = LeaseAsync(new { actions = new[] { action }, slots = 9, waitMs = 30_000 });
        await gateway.PostAsync($"{PathOf(first)}/complete", new { result = 1 });

        Assert.Single(await next.WaitAsync(TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task Lease_MoreThanFitsInAnAnswer_GoesBackUncharged()
    {
        var (workspace, action) = await NewActionAsync();
        var input = new string('x', 1_000_000);
        for (var i = 0; i < 20; i++)
        {
            await gateway.SubmitAsync(workspace, new { action, input });
        }

        var first = await LeaseAsync(new { actions = new[] { action }, slots = 20 });
        var rest = await LeaseAsync(new { actions = new[] { action }, slots = 20, waitMs = 10_000 });

        Assert.Equal((16, 4), (first.Count, rest.Count));
        Assert.All(rest, lease => Assert.Equal(1, lease.GetProperty("task").GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task Lease_TaskWithSkills_GoesToWhoDeclaresThemAll()
    {
        var (workspace, action) = await NewActionAsync();
        await gateway.SubmitAsync(workspace, new { action, skills = new[] { "law", "latin" } });
        await gateway.SubmitAsync(workspace, new { action, skills = new[] { "law" } });

        Assert.Empty(await LeaseAsync(new { actions = new[] { action } }));
        Assert.Single(await LeaseAsync(new { actions = new[] { action }, slots = 9, skills = new { law = 0.5 } }));
        Assert.Single(await LeaseAsync(new { actions = new[] { action }, slots = 9, skills = new[] { "latin", "law" } }));
    }

    [Fact]
    public async Task Complete_Again_Is200AndAnotherEndIsNotWritten()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });
        var lease = await LeaseOneAsync(action);

        await gateway.PostAsync($"{PathOf(lease)}/complete", new { result = 1 });
        await gateway.PostAsync($"{PathOf(lease)}/complete", new { result = 1 });

        Assert.Equal(1, (await gateway.WaitAsync(id)).GetProperty("result").GetInt32());
        Assert.Equal("lease_lost", (await gateway.PostAsync($"{PathOf(lease)}/heartbeat", status: 409)).Problem);
        Assert.Equal("lease_lost", (await gateway.PostAsync($"{PathOf(lease)}/progress", new { fraction = 1 }, 409)).Problem);
    }

    [Fact]
    public async Task Complete_ResultOfMoreThanFourMebibytes_Is413AndTheLeaseIsHeld()
    {
        var (workspace, action) = await NewActionAsync();
        await gateway.SubmitAsync(workspace, new { action });
        var lease = await LeaseOneAsync(action);

        var large = await gateway.PostAsync($"{PathOf(lease)}/complete", new { result = new string('x', 4 * 1024 * 1024) }, 413);

        Assert.Equal("too-large", large.Problem);
        await gateway.PostAsync($"{PathOf(lease)}/heartbeat");
    }

    [Fact]
    public async Task Complete_AfterTheTimeLimit_IsLeaseLostAndTheTaskSaysTimeout()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action, timeoutMs = 200, maxAttempts = 1 });
        var lease = await LeaseOneAsync(action);
        Assert.InRange(lease.GetProperty("expiresInMs").GetInt32(), 0, 200);

        var ended = await gateway.WaitAsync(id);
        var late = await gateway.PostAsync($"{PathOf(lease)}/complete", new { result = 1 }, 409);

        Assert.Equal("timeout", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("lease_lost", late.Problem);
    }

    [Fact]
    public async Task Fail_Retryable_IsTriedAgainAndFinalIsNot()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });

        await gateway.PostAsync($"{PathOf(await LeaseOneAsync(action))}/fail", new { code = "worker_error", message = "first" });
        var second = await LeaseOneAsync(action);
        await gateway.PostAsync($"{PathOf(second)}/fail", new { code = "worker_error", message = "second", retryable = false, usage = new { cost = 2 } });
        var ended = await gateway.WaitAsync(id);

        Assert.Equal(2, second.GetProperty("task").GetProperty("attempt").GetInt32());
        Assert.Equal(("failed", "second"), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal(2m, ended.GetProperty("usage").GetProperty("cost").GetDecimal());
    }

    [Fact]
    public async Task Fail_WithARetryAfter_WaitsSoLong()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });

        await gateway.PostAsync($"{PathOf(await LeaseOneAsync(action))}/fail", new { code = "rate_limited", message = "m", retryAfterMs = 60_000 });

        Assert.Equal("scheduled", (await gateway.GetAsync($"/api/v1/tasks/{id}")).Text("status"));
    }

    [Fact]
    public async Task Report_ProgressAndChunks_AreSeenByWhoFollows()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });
        var lease = await LeaseOneAsync(action);

        await gateway.PostAsync($"{PathOf(lease)}/progress", new { fraction = 0.5, message = "half" });
        await gateway.PostAsync($"{PathOf(lease)}/chunks", new { chunks = new[] { "a", "b" } });

        var events = (await gateway.GetAsync($"/api/v1/tasks/{id}/events")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["task.progress", "task.chunk", "task.chunk"], events.Select(entry => entry.GetProperty("type").GetString()).TakeLast(3));
        Assert.Equal("half", (await gateway.GetAsync($"/api/v1/tasks/{id}")).Body.GetProperty("progress").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Heartbeat_TaskCancelled_SaysSoAndTheResultIsRefused()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });
        var lease = await LeaseOneAsync(action);
        Assert.False((await gateway.PostAsync($"{PathOf(lease)}/heartbeat")).Body.GetProperty("cancelled").GetBoolean());

        await gateway.PostAsync($"/api/v1/tasks/{id}/cancel");

        var beat = await gateway.PostAsync($"{PathOf(lease)}/heartbeat");
        Assert.True(beat.Body.GetProperty("cancelled").GetBoolean());
        Assert.Equal(JsonValueKind.Null, beat.Body.GetProperty("expiresAt").ValueKind);
        Assert.Equal("lease_lost", (await gateway.PostAsync($"{PathOf(lease)}/complete", new { result = 1 }, 409)).Problem);
    }

    [Fact]
    public async Task Heartbeat_MessagesAndACheckpoint_AreToldUntilConsumedAndKeptForTheNext()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });
        var lease = await LeaseOneAsync(action);
        await gateway.Services.GetRequiredService<ISteeringStore>().AppendAsync(id, [new("user", "one"), new("system", "two")], null, CancellationToken.None);

        var told = (await gateway.PostAsync($"{PathOf(lease)}/heartbeat")).Body.GetProperty("messages");
        var rest = (await gateway.PostAsync($"{PathOf(lease)}/heartbeat", """{"checkpoint": {"turn" : 1}, "consumedThrough": 1}""")).Body.GetProperty("messages");
        await gateway.PostAsync($"{PathOf(lease)}/fail", new { code = "worker_error", message = "m" });
        var next = (await LeaseOneAsync(action)).GetProperty("task");

        Assert.Equal("""[{"number":1,"role":"user","content":"one"},{"number":2,"role":"system","content":"two"}]""", told.GetRawText());
        Assert.Equal(2, Assert.Single(rest.EnumerateArray()).GetProperty("number").GetInt32());
        Assert.Equal("""{"turn" : 1}""", next.GetProperty("checkpoint").GetRawText());
    }

    [Fact]
    public async Task Silos_WorkerPolls_AreListedWithItAndWhyKnowsIt()
    {
        var (workspace, action) = await NewActionAsync();
        var id = await gateway.SubmitAsync(workspace, new { action });
        Assert.Equal("unservable", (await gateway.GetAsync($"/api/v1/tasks/{id}/why")).Text("code"));

        var lease = await LeaseOneAsync(action);
        await SeenAsync(action);
        var next = await gateway.SubmitAsync(workspace, new { action });

        Assert.NotEqual("unservable", (await gateway.GetAsync($"/api/v1/tasks/{next}/why")).Text("code"));
        Assert.Contains("remote workers", (await gateway.GetAsync($"/api/v1/tasks/{id}/why")).Text("message"), StringComparison.Ordinal);
        await gateway.PostAsync($"{PathOf(lease)}/complete", new { result = 1 });
    }

    private static string NewAction() => $"remote.{Guid.NewGuid():N}";

    private static string PathOf(JsonElement lease) => $"/api/v1/leases/{lease.GetProperty("token").GetString()}";

    private async Task<(string Workspace, string Action)> NewActionAsync() => (await gateway.NewWorkspaceAsync(), NewAction());

    private async Task<IReadOnlyList<JsonElement>> LeaseAsync(object offer) =>
        [.. (await gateway.PostAsync("/api/v1/leases", offer)).Body.GetProperty("leases").EnumerateArray()];

    private async Task<JsonElement> LeaseOneAsync(string action) =>
        Assert.Single(await LeaseAsync(new { actions = new[] { action }, waitMs = 10_000 }));

    private Task SeenAsync(string action) => Eventually.TrueAsync(
        async () => (await gateway.GetAsync("/api/v1/silos")).Body.GetProperty("items").EnumerateArray()
            .Any(silo => silo.GetProperty("actions").EnumerateArray().Any(known => known.GetProperty("action").GetString() == action)),
        TimeSpan.FromSeconds(20),
        () => $"No remote worker was seen that serves {action}.");
}
