using System.Text.Json;
using Orchestrator.Core.Tasks;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

/// <summary>What people say to tasks, and what tasks ask them.</summary>
public sealed class SteeringTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly object Hello = new { messages = new[] { new { role = "user", content = "hello" } } };

    [Fact]
    public async Task Messages_ToARunningTask_ReachItInOrderAndItsStream()
    {
        var id = await gateway.SubmitAsync("default", new { action = SteeredWorker.Action, input = new { messages = 3 } });
        using var stream = await EventReader.OpenAsync(gateway.Client, id);

        var two = await gateway.PostAsync($"/api/v1/tasks/{id}/messages", """{"messages":[{"role":"user","content":"one"},{"role":"system","content":"two"}]}""", 202);
        await gateway.PostAsync($"/api/v1/tasks/{id}/messages", Hello, 202);

        Assert.Equal(2, two.Body.GetProperty("accepted").GetInt32());
        var ended = await gateway.WaitAsync(id);
        Assert.Equal(["user: one", "system: two", "user: hello"], Texts(ended.GetProperty("result").GetProperty("heard")));
        var said = (await stream.ReadToEndAsync()).Where(entry => entry.Type == "task.message").Select(entry => entry.Data.GetProperty("data")).ToList();
        Assert.Equal([1, 2, 3], said.Select(data => data.GetProperty("number").GetInt32()));
        Assert.Equal(("system", "two"), (said[1].GetProperty("role").GetString(), said[1].GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Messages_SameKeyTwice_AreSaidOnce()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        await gateway.PostAsync($"/api/v1/tasks/{id}/messages", Hello, 202, ("Idempotency-Key", "said-once"));
        await gateway.PostAsync($"/api/v1/tasks/{id}/messages", Hello, 202, ("Idempotency-Key", "said-once"));
        var other = await gateway.PostAsync(
            $"/api/v1/tasks/{id}/messages", new { messages = new[] { new { role = "user", content = "bye" } } }, 422, ("Idempotency-Key", "said-once"));

        Assert.Equal("idempotency-conflict", other.Problem);
        Assert.Single(await EventsAsync(id, "task.message"));
    }

    [Theory]
    [InlineData("{}", "/messages")]
    [InlineData("""{"messages":[]}""", "/messages")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"surprise":1}""", "/surprise")]
    [InlineData("""{"messages":[{"role":"assistant","content":"x","more":1},{"content":""},{"role":"user","content":1},7]}""", "/messages/0/more /messages/0/role /messages/1/content /messages/1/role /messages/2/content /messages/3")]
    [InlineData("""{"messages":[{"role":"user","content":"a\u0000b"}]}""", "/messages/0/content")]
    [InlineData("[]", "")]
    public async Task Messages_Malformed_NameEveryField(string body, string pointers)
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        var refused = await gateway.PostAsync($"/api/v1/tasks/{id}/messages", body, 400);

        Assert.Equal(pointers.Split(' '), refused.Pointers);
        Assert.Empty(await EventsAsync(id, "task.message"));
    }

    [Fact]
    public async Task Messages_OutOfBounds_AreRefused()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });
        var longest = new string('x', TaskLimits.MaxMessageLength);

        await SendAsync(id, 202, longest);
        await SendAsync(id, 400, longest + "x");
        await SendAsync(id, 400, [.. Enumerable.Repeat("x", TaskLimits.MaxMessages + 1)]);
        for (var sent = 1; sent + TaskLimits.MaxMessages <= TaskLimits.MaxUnconsumedMessages; sent += TaskLimits.MaxMessages)
        {
            await SendAsync(id, 202, [.. Enumerable.Repeat("x", TaskLimits.MaxMessages)]);
        }

        Assert.Equal("too-many-messages", (await SendAsync(id, 409, [.. Enumerable.Repeat("x", TaskLimits.MaxMessages)])).Problem);
    }

    [Fact]
    public async Task Messages_ToATaskThatIsNotThereOrHasEnded_AreRefused()
    {
        var ended = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = 1 });
        await gateway.WaitAsync(ended);

        Assert.Equal("task-ended", (await gateway.PostAsync($"/api/v1/tasks/{ended}/messages", Hello, 409)).Problem);
        Assert.Equal("task-not-found", (await gateway.PostAsync($"/api/v1/tasks/{Guid.CreateVersion7()}/messages", Hello, 404)).Problem);
        Assert.Equal(["/id"], (await gateway.PostAsync("/api/v1/tasks/nonsense/messages", Hello, 400)).Pointers);
    }

    [Fact]
    public async Task Approve_WhatATaskAsks_RunsItOnWithTheAnswer()
    {
        var id = await gateway.SubmitAsync(
            "default", new { action = SteeredWorker.Action, input = new { questions = new[] { "Send it?", "To all?" }, details = new { draft = 1 } } });
        var why = await AskedAsync(id);
        var task = (await gateway.GetAsync($"/api/v1/tasks/{id}")).Body;
        Assert.Equal(("waiting", "approval", 0), (task.GetProperty("status").GetString(), task.GetProperty("waitingFor").GetString(), task.GetProperty("attempt").GetInt32()));
        Assert.Contains("Send it?", why.Text("message"), StringComparison.Ordinal);
        Assert.Equal(1, why.Body.GetProperty("reasons")[0].GetProperty("details").GetProperty("draft").GetInt32());

        await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve" });
        Assert.Equal("To all?", (await AskedAsync(id, "To all?")).Body.GetProperty("reasons")[0].GetProperty("question").GetString());
        await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "continue", edits = new { to = "few" }, comment = "Not to all." });

        var ended = await gateway.WaitAsync(id);
        var result = ended.GetProperty("result");
        Assert.Equal(["Approve", "Continue"], Texts(result.GetProperty("decisions")));
        Assert.Equal("few", result.GetProperty("edits").GetProperty("to").GetString());
        Assert.Equal("Not to all.", result.GetProperty("comment").GetString());
        Assert.Equal(1, ended.GetProperty("attempt").GetInt32());
        Assert.Equal(2, (await EventsAsync(id, "task.waiting")).Count);
        var refused = await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve" }, 409);
        Assert.Equal(("task-ended", "The task is completed; nothing is left to decide."), (refused.Problem, refused.Text("detail")));
    }

    [Fact]
    public async Task Approve_WithAbort_FailsTheTaskAsRejected()
    {
        var id = await gateway.SubmitAsync("default", new { action = SteeredWorker.Action, input = new { questions = new[] { "Send it?" } } });
        await AskedAsync(id);

        var failed = (await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "abort", comment = "Too risky." })).Body;

        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Equal(("rejected", "A person aborted the task: Too risky."), (failed.GetProperty("error").GetProperty("code").GetString(), failed.GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Approve_Nobody_IsExpiredAfterItsTimeLimit()
    {
        var id = await gateway.SubmitAsync("default", new { action = SteeredWorker.Action, input = new { questions = new[] { "Send it?" }, timeLimitMs = 200 } });

        var ended = await gateway.WaitAsync(id);

        Assert.Equal(["Expired"], Texts(ended.GetProperty("result").GetProperty("decisions")));
        var waiting = Assert.Single(await EventsAsync(id, "task.waiting")).GetProperty("data");
        Assert.Equal(("approval", "Send it?"), (waiting.GetProperty("waitingFor").GetString(), waiting.GetProperty("question").GetString()));
        Assert.True(waiting.GetProperty("expiresAt").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Approve_ATaskThatWaitsForApproval_CanBeCancelledInstead()
    {
        var id = await gateway.SubmitAsync("default", new { action = SteeredWorker.Action, input = new { questions = new[] { "Send it?" } } });
        await AskedAsync(id);

        await gateway.PostAsync($"/api/v1/tasks/{id}/cancel");

        Assert.Equal("task-ended", (await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve" }, 409)).Problem);
    }

    [Fact]
    public async Task Approve_ATaskThatAsksNothing_IsRefused()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        var refused = await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve" }, 409);
        Assert.Equal(
            ("not-asked", "The task is queued and asks nothing now; if it asked before, that was answered or its time limit is over."),
            (refused.Problem, refused.Text("detail")));
        Assert.Equal("task-not-found", (await gateway.PostAsync($"/api/v1/tasks/{Guid.CreateVersion7()}/approve", new { decision = "approve" }, 404)).Problem);
    }

    [Theory]
    [InlineData("{}", 400, "/decision")]
    [InlineData("""{"decision":"expired"}""", 400, "/decision")]
    [InlineData("""{"decision":"maybe","edits":[],"comment":"","surprise":1}""", 400, "/comment /decision /edits /surprise")]
    [InlineData("""{"decision":"approve","comment":"a\u0000b"}""", 400, "/comment")]
    [InlineData("""{"decision":"approve","edits":{"a":"\u0000"}}""", 400, "/edits/a")]
    [InlineData("7", 400, "")]
    public async Task Approve_Malformed_NamesEveryField(string body, int status, string pointers)
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        Assert.Equal(pointers.Split(' '), (await gateway.PostAsync($"/api/v1/tasks/{id}/approve", body, status)).Pointers);
    }

    [Fact]
    public async Task Approve_TooLarge_IsRefused()
    {
        var id = await gateway.SubmitAsync("default", new { action = "nobody.serves" });

        var comment = await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve", comment = new string('x', TaskLimits.MaxCommentLength + 1) }, 400);
        var edits = await gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve", edits = new { text = new string('x', TaskLimits.MaxApprovalBytes) } }, 413);

        Assert.Equal(["/comment"], comment.Pointers);
        Assert.Equal(["/edits"], edits.Pointers);
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());

    private Task<Answer> SendAsync(Guid id, int status, params string[] contents) =>
        gateway.PostAsync($"/api/v1/tasks/{id}/messages", new { messages = contents.Select(content => new { role = "user", content }) }, status);

    private async Task<IReadOnlyList<JsonElement>> EventsAsync(Guid id, string type) =>
        [.. (await gateway.GetAsync($"/api/v1/tasks/{id}/events")).Body.GetProperty("items").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == type)];

    /// <summary>The answer to why, once the task asks a person this.</summary>
    private async Task<Answer> AskedAsync(Guid id, string question = "Send it?")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var why = await gateway.GetAsync($"/api/v1/tasks/{id}/why");
            if (why.Text("code") == "waiting_for_approval" && why.Body.GetProperty("reasons")[0].GetProperty("question").GetString() == question)
            {
                return why;
            }

            await Task.Delay(10, limit.Token);
        }
    }
}
