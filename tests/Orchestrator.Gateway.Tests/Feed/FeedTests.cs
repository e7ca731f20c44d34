using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;
using Orchestrator.Workers;

namespace Orchestrator.Gateway.Tests.Feed;

public sealed class FeedTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Feed_TasksOfAllKinds_TellsWhatTheirHistoriesTell()
    {
        await using var own = await TestGateway.StartAsync(static builder => builder.Services.AddSampleWorkers());
        await using var feed = await FeedSocket.OpenAsync(own.Address);

        Guid[] ids =
        [
            .. await Task.WhenAll(Enumerable.Range(0, 5).Select(i => own.SubmitAsync("default", new { action = EchoWorker.Action, input = i }))),
            await own.SubmitAsync("default", new { action = "generation.simulated", input = new { errorRate = 1.0 }, maxAttempts = 2 }),
        ];
        var told = await ReadEndsAsync(feed, ids);

        foreach (var id in ids)
        {
            var history = (await own.GetAsync($"/api/v1/tasks/{id}/events")).Body.GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(history.Select(Describe), told.Where(message => IsOf(message, id)).Select(Describe));
        }
    }

    [Fact]
    public async Task Feed_RunAndItsSteps_TellsBoth()
    {
        const string Definition = """{"owner":"feed","name":"two","version":"1","steps":[{"id":"a","action":"generation.echo","input":1}]}""";
        await gateway.PostAsync("/api/v1/definitions", Definition, 201);
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);

        var run = (await gateway.PostAsync("/api/v1/definitions/feed/two/runs", "{}", 202)).Body.GetProperty("id").GetGuid();
        var left = new HashSet<string> { "run.completed", "task-completed" };
        var told = await feed.ReadUntilAsync(message => left.Remove(FeedSocket.TypeOf(message)) && left.Count == 0);

        var ofRun = told.Where(message => message.TryGetProperty("runId", out var id) && id.GetGuid() == run).ToList();
        var history = (await gateway.GetAsync($"/api/v1/runs/{run}/events")).Body.GetProperty("items").EnumerateArray();
        Assert.Equal(history.Select(Describe), ofRun.Where(message => message.GetProperty("taskId").ValueKind == JsonValueKind.Null).Select(Describe));
        Assert.Contains(ofRun, message => FeedSocket.TypeOf(message) == "task-completed");
    }

    [Fact]
    public async Task Feed_PauseAndResumption_AreTold()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var feed = await FeedSocket.OpenAsync(gateway.Address, subscribe: new { workspaces = new[] { workspace } });

        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/resume");

        var told = await feed.ReadUntilAsync("workspace.resumed");
        var ofWorkspace = told.Where(message => message.GetProperty("workspace").GetString() == workspace).ToList();
        Assert.Equal(["workspace.paused", "workspace.resumed"], ofWorkspace.Select(FeedSocket.TypeOf));
    }

    [Fact]
    public async Task Feed_WorkspaceThatIsMadeAgain_TellsItsPauseToo()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var feed = await FeedSocket.OpenAsync(gateway.Address, subscribe: new { workspaces = new[] { workspace }, types = new[] { "workspace.paused" } });

        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");
        await feed.ReadUntilAsync("workspace.paused");
        using var deleted = await gateway.Client.DeleteAsync(new Uri($"/api/v1/workspaces/{workspace}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await gateway.PostAsync("/api/v1/workspaces", new { id = workspace }, 201);
        await gateway.PostAsync($"/api/v1/workspaces/{workspace}/pause");

        await feed.ReadUntilAsync("workspace.paused");
    }

    [Fact]
    public async Task Feed_Subscription_TellsOnlyWhatWasAskedFor()
    {
        var (mine, other) = (await gateway.NewWorkspaceAsync(), await gateway.NewWorkspaceAsync());
        await using var feed = await FeedSocket.OpenAsync(gateway.Address, subscribe: new { workspaces = new[] { mine }, types = new[] { "task-completed", "task.chunk" } });

        await gateway.WaitAsync(await gateway.SubmitAsync(other, new { action = EchoWorker.Action, input = 1 }));
        await gateway.WaitAsync(await gateway.SubmitAsync(mine, new { action = ChattyWorker.Action, input = 3 }));

        var told = await feed.ReadUntilAsync("task-completed");
        Assert.All(told, message => Assert.Equal(mine, message.GetProperty("workspace").GetString()));
        Assert.Equal(["task.chunk", "task-completed"], told.Select(FeedSocket.TypeOf).Distinct());
    }

    [Fact]
    public async Task Feed_Stats_HaveTheShapeOfTheEndpoint()
    {
        await using var feed = await FeedSocket.ConnectAsync(gateway.Address);

        var stats = (await feed.ReadUntilAsync("stats"))[^1].GetProperty("data");

        var endpoint = (await gateway.GetAsync("/api/v1/stats")).Body;
        Assert.Equal(
            endpoint.EnumerateObject().Select(member => member.Name).Append("skipped").Order(),
            stats.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(0, stats.GetProperty("skipped").GetInt64());
    }

    [Fact]
    public async Task Feed_WrongMessages_AreAnsweredWithEveryMistakeAndTheFeedGoesOn()
    {
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);

        await feed.SendAsync("""{"subscribe":{"workspaces":["Not A Name",7],"types":["task-completed","task.failed"],"more":1},"hello":2}""");
        var answer = (await feed.ReadUntilAsync("error"))[^1].GetProperty("data").GetProperty("errors");
        await feed.SendAsync("{");
        await feed.ReadUntilAsync("error");
        await feed.SendAsync("""{"subscribe":{}}""");

        await feed.ReadUntilAsync("subscribed");
        Assert.Equal(
            ["/hello", "/subscribe/more", "/subscribe/types/1", "/subscribe/workspaces/0", "/subscribe/workspaces/1"],
            answer.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith("is called task-failed here;", answer.GetProperty("/subscribe/types/1")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_MessageTooLarge_IsClosedWith1009()
    {
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);

        await feed.SendAsync(new string(' ', 20_000));
        while (await feed.NextAsync() is not null)
        {
        }

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, feed.CloseStatus);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task Feed_PageOfElsewhere_Is403(string origin)
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => FeedSocket.ConnectAsync(gateway.Address, origin));

        Assert.Equal(403, refused.Data["status"]);
    }

    [Fact]
    public async Task Feed_WithoutHandshake_Is426() => await gateway.GetAsync("/observability/ws", 426);

    /// <summary>Reads until each of the tasks has ended.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ReadEndsAsync(FeedSocket feed, IReadOnlyCollection<Guid> ids)
    {
        var left = ids.ToHashSet();
        return await feed.ReadUntilAsync(message =>
        {
            if (FeedSocket.TypeOf(message) is "task-completed" or "task-failed")
            {
                left.Remove(message.GetProperty("taskId").GetGuid());
            }

            return left.Count == 0;
        });
    }

    private static bool IsOf(JsonElement message, Guid id) =>
        message.GetProperty("taskId") is { ValueKind: JsonValueKind.String } task && task.GetGuid() == id;

    /// <summary>An event as both the feed and a history tell it; three types have names of their own in the feed.</summary>
    private static string Describe(JsonElement item)
    {
        var type = FeedSocket.TypeOf(item) switch
        {
            "task-completed" => "task.completed",
            "task-retry" => "task.retry",
            "task-failed" => "task.failed",
            var same => same,
        };
        return $"{item.GetProperty("seq")} {type} {item.GetProperty("at")} {(item.TryGetProperty("attempt", out var attempt) ? attempt : default)} {item.GetProperty("data")}";
    }
}
