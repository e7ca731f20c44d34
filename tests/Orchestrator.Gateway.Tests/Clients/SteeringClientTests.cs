using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>What people say to tasks and decide for them, through the client.</summary>
public sealed class SteeringClientTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly RequestRetryOptions Quick = new() { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) };

    private readonly OrchestratorClient _client = new(gateway.Client);

    [Fact]
    public async Task Messages_ToARunningTask_ReachItInOrder()
    {
        var task = await SteeredAsync(new { messages = 3 });

        var two = await _client.Tasks.SendMessagesAsync(task, [Says("one"), new MessageRequest { Role = "system", Content = "two" }]);
        await _client.Tasks.SendMessagesAsync(task, [Says("three")]);
        var ended = await _client.Tasks.WaitForEndAsync(task);

        Assert.Equal(2, two.Accepted);
        Assert.Equal(["user: one", "system: two", "user: three"], ended.Result!.Value.Read<SteeredWorker.Output>()!.Heard);
        Assert.Equal("task-ended", (await Assert.ThrowsAsync<OrchestratorException>(() => _client.Tasks.SendMessagesAsync(task, [Says("four")]))).Slug);
    }

    [Fact]
    public async Task Messages_AnswersAreLostOrTheKeyIsTheSame_AreSaidOnce()
    {
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = new OrchestratorClient(new OrchestratorClientOptions { BaseAddress = proxy.Address, Retry = Quick });
        var task = (await _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = "nobody.serves" })).Id;
        proxy.DropAnswers(2);

        await client.Tasks.SendMessagesAsync(task, [Says("lost")]);
        await client.Tasks.SendMessagesAsync(task, [Says("kept")], key: "say-it-once");
        await client.Tasks.SendMessagesAsync(task, [Says("kept")], key: "say-it-once");
        var conflict = await Assert.ThrowsAsync<OrchestratorException>(() => client.Tasks.SendMessagesAsync(task, [Says("another")], key: "say-it-once"));

        Assert.Equal((2, "idempotency-conflict"), (proxy.Dropped, conflict.Slug));
        Assert.Equal(["lost", "kept"], await SaidAsync(task));
    }

    [Fact]
    public async Task Approve_WhatATaskAsks_RunsItOnWithTheAnswer()
    {
        var task = await SteeredAsync(new { questions = new[] { "Send it?" } });
        await AskedAsync(task, "Send it?");

        await _client.Tasks.ApproveAsync(
            task, new ApproveTaskRequest { Decision = "approve", Edits = RawJson.From("""{"to":"few"}"""), Comment = "Not to all." });
        var result = (await _client.Tasks.WaitForEndAsync(task)).Result!.Value.Read<SteeredWorker.Output>()!;

        Assert.Equal(["Approve"], result.Decisions);
        Assert.Equal(("few", "Not to all."), (result.Edits!.Value.GetProperty("to").GetString(), result.Comment));
    }

    [Fact]
    public async Task Approve_WithAbort_AnswersTheFailedTask()
    {
        var task = await SteeredAsync(new { questions = new[] { "Send it?" } });
        await AskedAsync(task, "Send it?");

        var failed = await _client.Tasks.ApproveAsync(task, new ApproveTaskRequest { Decision = "abort" });

        Assert.Equal((TaskStatuses.Failed, "rejected"), (failed.Status, failed.Error!.Code));
    }

    /// <summary>The task asks again as soon as it has its answer: a decision that is sent twice would be the answer to both questions.</summary>
    [Fact]
    public async Task Approve_AnswerIsLost_DecidesNothingElse()
    {
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = new OrchestratorClient(new OrchestratorClientOptions { BaseAddress = proxy.Address, Retry = Quick });
        var task = await SteeredAsync(new { questions = new[] { "Send it?", "To all?" } });
        await AskedAsync(task, "Send it?");
        proxy.DropAnswers(1);

        var lost = await Assert.ThrowsAsync<OrchestratorException>(() => client.Tasks.ApproveAsync(task, new ApproveTaskRequest { Decision = "approve" }));
        await AskedAsync(task, "To all?");
        await client.Tasks.ApproveAsync(task, new ApproveTaskRequest { Decision = "reject" });
        var ended = await client.Tasks.WaitForEndAsync(task);
        var late = await Assert.ThrowsAsync<OrchestratorException>(() => client.Tasks.ApproveAsync(task, new ApproveTaskRequest { Decision = "approve" }));

        Assert.Equal((1, 1, null, true), (proxy.Dropped, lost.Attempts, lost.Status, lost.IsTransient));
        Assert.Equal(["Approve", "Reject"], ended.Result!.Value.Read<SteeredWorker.Output>()!.Decisions);
        Assert.Equal("task-ended", late.Slug);
    }

    private static MessageRequest Says(string content) => new() { Role = "user", Content = content };

    private async Task<Guid> SteeredAsync(object input) =>
        (await _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = SteeredWorker.Action, Input = JsonValues.ToRawJson(input) })).Id;

    private async Task<IReadOnlyList<string?>> SaidAsync(Guid task)
    {
        var said = new List<string?>();
        await foreach (var entry in _client.Tasks.ListEventsAsync(task))
        {
            if (entry.Type == "task.message")
            {
                said.Add(entry.Data!.Value.Read<Dictionary<string, object>>()!["content"].ToString());
            }
        }

        return said;
    }

    private Task AskedAsync(Guid task, string question) => Eventually.TrueAsync(
        async () => (await _client.Tasks.ExplainAsync(task)).Message.Contains(question, StringComparison.Ordinal),
        TimeSpan.FromSeconds(30),
        () => $"Nobody asks '{question}'.");
}
