using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>Answers that the gateway gave and nobody got.</summary>
public sealed class LostAnswerTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Submit_AnswersAreLost_MakesOneTask(int lost)
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        proxy.DropAnswers(lost);

        var task = await client.Tasks.SubmitAsync(workspace, new SubmitTaskRequest { Action = EchoWorker.Action });

        Assert.Equal((lost, 1, true), (proxy.Dropped, await gateway.CountAsync(workspace), task.IsReplayed));
    }

    [Fact]
    public async Task SubmitBatch_AnswersAreLost_MakesOneBatch()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        proxy.DropAnswers(2);

        var ids = await client.Tasks.SubmitBatchAsync(
            workspace, [.. Enumerable.Range(0, 7).Select(_ => new BatchItemRequest { Action = EchoWorker.Action })]);

        Assert.Equal((2, 7, 7), (proxy.Dropped, await gateway.CountAsync(workspace), ids.Count));
    }

    [Fact]
    public async Task Retry_AnswerIsLost_MakesOneTask()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        var first = await client.Tasks.SubmitAsync(workspace, new SubmitTaskRequest { Action = EchoWorker.Action }, wait: TimeSpan.FromSeconds(30));
        proxy.DropAnswers(1);

        await client.Tasks.RetryAsync(first.Id);

        Assert.Equal((1, 2), (proxy.Dropped, await gateway.CountAsync(workspace)));
    }

    [Fact]
    public async Task Cancel_AnswerIsLost_AnswersTheCancelledTask()
    {
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        var task = await client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = EchoWorker.Action, RunAt = DateTimeOffset.UtcNow.AddHours(1) });
        proxy.DropAnswers(1);

        Assert.Equal(TaskStatuses.Cancelled, (await client.Tasks.CancelAsync(task.Id)).Status);
        Assert.Equal(1, proxy.Dropped);
    }

    [Fact]
    public async Task Delete_AnswerIsLost_IsDone()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        proxy.DropAnswers(1);

        await client.Workspaces.DeleteAsync(workspace);

        Assert.Equal(1, proxy.Dropped);
    }

    /// <summary>Every connection is cut after so many bytes, so in the middle of events too.</summary>
    [Theory]
    [InlineData(600)]
    [InlineData(1777)]
    public async Task Follow_StreamIsCutAgainAndAgain_SeesEachEventOnceInOrder(int bytes)
    {
        const int Chunks = 60;
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        var task = await client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = ChattyWorker.Action, Input = JsonValues.ToRawJson(Chunks) });
        proxy.CutAfter = bytes;

        var events = new List<EventResponse>();
        await foreach (var entry in client.Tasks.FollowAsync(task.Id))
        {
            events.Add(entry);
        }

        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(entry => entry.Seq));
        Assert.Equal("task.completed", events[^1].Type);
        var text = string.Concat(events.Where(entry => entry.Type == "task.chunk").Select(entry => entry.Data!.Value.Read<Dictionary<string, string>>()!["text"]));
        Assert.Equal(string.Concat(Enumerable.Range(0, Chunks)), text);
        Assert.True(proxy.Connections > 3, $"There were only {proxy.Connections} connections.");
    }

    [Fact]
    public async Task Follow_AfterTheEnd_SeesNothing()
    {
        using var client = new OrchestratorClient(new OrchestratorClientOptions { BaseAddress = gateway.Address });
        var task = await client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = EchoWorker.Action }, wait: TimeSpan.FromSeconds(30));
        var last = 0;
        await foreach (var entry in client.Tasks.FollowAsync(task.Id))
        {
            last = entry.Seq;
        }

        await foreach (var entry in client.Tasks.FollowAsync(task.Id, last))
        {
            Assert.Fail($"There is {entry.Type} after the end.");
        }

        Assert.Equal(4, last);
    }

    [Fact]
    public async Task WaitAndFollow_GatewayIsAwayMeanwhile_GoOn()
    {
        await using var proxy = new FaultyProxy(gateway.Address);
        using var client = Through(proxy);
        var task = await client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = GateWorker.Action, Input = JsonValues.ToRawJson("away") });
        await gateway.Gates.StartedAsync("away");
        var ended = client.Tasks.WaitForEndAsync(task.Id);
        var followed = LastAsync(client, task.Id);
        proxy.IsDown = true;
        gateway.Gates.Open("away");
        var tries = proxy.Connections;
        await Eventually.TrueAsync(() => Task.FromResult(proxy.Connections > tries + 5), TimeSpan.FromSeconds(30), () => "Nobody tries again.");
        proxy.IsDown = false;

        Assert.Equal((TaskStatuses.Completed, "task.completed"), ((await ended).Status, await followed));
    }

    [Fact]
    public async Task Wait_GatewayIsAwayForGood_EndsWhenPatienceDoes()
    {
        await using var proxy = new FaultyProxy(gateway.Address) { IsDown = true };
        using var client = new OrchestratorClient(new OrchestratorClientOptions
        {
            BaseAddress = proxy.Address,
            Patience = TimeSpan.FromMilliseconds(300),
            Retry = new RequestRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(10), MaxAttempts = 2 },
        });

        var refusal = await Assert.ThrowsAsync<OrchestratorException>(() => client.Tasks.WaitForEndAsync(Guid.CreateVersion7()));

        Assert.True(refusal.IsTransient);
    }

    private static OrchestratorClient Through(FaultyProxy proxy) => new(new OrchestratorClientOptions
    {
        BaseAddress = proxy.Address,
        Retry = new RequestRetryOptions { BaseDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(100) },
    });

    private static async Task<string?> LastAsync(OrchestratorClient client, Guid id)
    {
        string? last = null;
        await foreach (var entry in client.Tasks.FollowAsync(id))
        {
            last = entry.Type;
        }

        return last;
    }
}
