using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.TestKit;

namespace Orchestrator.Gateway.Tests.Feed;

public sealed class CrowdedFeedTests
{
    [Fact]
    public async Task Feed_MoreThanIsTold_SaysHowMuchWasLeftOut()
    {
        await using var gateway = await TestGateway.StartAsync(static _ => { }, "--Feed:MessagesPerSecond", "5");
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);

        await gateway.PostAsync("/api/v1/workspaces/default/tasks/batch", new { tasks = Enumerable.Range(0, 50).Select(i => new { action = EchoWorker.Action, input = i }) }, 202);

        var stats = (await feed.ReadUntilAsync(message => FeedSocket.TypeOf(message) == "stats" && message.GetProperty("data").GetProperty("skipped").GetInt64() > 0))[^1];
        Assert.InRange(stats.GetProperty("data").GetProperty("skipped").GetInt64(), 1, 50 * 4);
    }

    [Fact]
    public async Task Feed_ClientsThatNeverRead_AreDroppedWhileOthersGoOn()
    {
        await using var gateway = await TestGateway.StartAsync(static _ => { }, "--Feed:MaxQueued", "10", "--Feed:SendTimeout", "500ms", "--Feed:PingInterval", "100ms");
        await using var idle = await FeedSocket.ConnectAsync(gateway.Address);
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);
        var reading = feed.ReadUntilAsync("task-completed");

        await Eventually.TrueAsync(
            async () => (await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Contains("orchestrator_feed_dropped_total 1\n", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30),
            () => "Nobody was dropped.");
        var id = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = 1 });

        var told = await reading;
        Assert.Equal(id, told[^1].GetProperty("taskId").GetGuid());
        await Assert.ThrowsAnyAsync<Exception>(() => idle.ReadUntilAsync("never"));
    }

    [Fact]
    public async Task Feed_MoreClientsThanAllowed_Is503()
    {
        await using var gateway = await TestGateway.StartAsync(static _ => { }, "--Feed:MaxClients", "1");
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => FeedSocket.ConnectAsync(gateway.Address));

        Assert.Equal(503, refused.Data["status"]);
    }

    [Fact]
    public async Task Feed_GatewayStops_IsClosedWith1001()
    {
        await using var gateway = await TestGateway.StartAsync(static _ => { });
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);

        var stopped = gateway.DisposeAsync();
        while (await feed.NextAsync() is not null)
        {
        }

        await stopped;
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, feed.CloseStatus);
    }

    [Fact]
    public async Task Feed_CallerOfOneWorkspace_HearsOfNoOther()
    {
        await using var gateway = await TestGateway.StartAsync(static builder => builder.Services.Replace(ServiceDescriptor.Singleton<ICallerResolver>(
            new FakeCallers(static http => http.Request.Headers.ContainsKey("X-Caller") ? CallerContext.Everyone : CallerContext.Of("mine")))));
        await gateway.PostAsync("/api/v1/workspaces", new { id = "mine" }, 201, ("X-Caller", "of-all"));
        await using var feed = await FeedSocket.OpenAsync(gateway.Address);
        var foreign = await SubmitAsync(gateway, "default", "caller-of-all");
        await SubmitAsync(gateway, "mine");

        var told = await feed.ReadUntilAsync("task-completed");

        var stats = (await feed.ReadUntilAsync("stats"))[^1].GetProperty("data");
        Assert.Empty(stats.GetProperty("tasks").EnumerateObject());
        Assert.DoesNotContain(told, message => message.GetProperty("workspace").GetString() == "default");
        Assert.NotEqual(foreign, told[^1].GetProperty("taskId").GetGuid());
    }

    private static async Task<Guid> SubmitAsync(TestGateway gateway, string workspace, string? caller = null)
    {
        (string, string)[] headers = caller is null ? [("Prefer", "wait=30")] : [("Prefer", "wait=30"), ("X-Caller", caller)];
        var answer = await gateway.PostAsync($"/api/v1/workspaces/{workspace}/tasks", new { action = EchoWorker.Action, input = 1 }, 200, headers);
        return answer.Body.GetProperty("id").GetGuid();
    }
}
