using System.Net;
using System.Net.Sockets;
using System.Text;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class EventStreamTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Fact]
    public async Task Events_OfAnEndedTask_ListEveryTransition()
    {
        var id = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = 1 });
        await gateway.WaitAsync(id);

        var answer = await gateway.GetAsync($"/api/v1/tasks/{id}/events");

        var items = answer.Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["task.submitted", "task.queued", "task.processing", "task.completed"], items.Select(item => item.GetProperty("type").GetString()));
        Assert.Equal([1, 2, 3, 4], items.Select(item => item.GetProperty("seq").GetInt32()));
        Assert.Equal(["seq", "type", "at", "attempt", "data"], items[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, items[3].GetProperty("attempt").GetInt32());
    }

    [Fact]
    public async Task Events_InPages_AreTheWholeHistoryOnce()
    {
        var id = await gateway.SubmitAsync("default", new { action = ChattyWorker.Action, input = 25 });
        await gateway.WaitAsync(id);

        var seen = new List<int>();
        string? cursor = null;
        do
        {
            var page = await gateway.GetAsync($"/api/v1/tasks/{id}/events?limit=10{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("seq").GetInt32()));
            cursor = page.Body.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, seen.Count), seen);
        Assert.True(seen.Count >= 29, $"{seen.Count} events");
    }

    [Fact]
    public async Task Stream_OpenedBeforeTheEnd_ShowsEveryEventInOrderAndEnds()
    {
        var id = await gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "stream" });
        await gateway.Gates.StartedAsync("stream");
        using var reader = await EventReader.OpenAsync(gateway.Client, id);
        var first = new List<EventReader.Event?> { await reader.NextAsync(), await reader.NextAsync(), await reader.NextAsync() };

        gateway.Gates.Open("stream");
        var rest = await reader.ReadToEndAsync();

        Assert.Equal(["task.submitted", "task.queued", "task.processing"], first.Select(entry => entry!.Type));
        Assert.Equal(["task.completed"], rest.Select(entry => entry.Type));
        Assert.All(first.Concat(rest), entry => Assert.Equal(entry!.Id, entry.Data.GetProperty("seq").GetInt32()));
    }

    [Fact]
    public async Task Stream_OfManyChunks_MissesNoneThroughManyResumes()
    {
        var id = await gateway.SubmitAsync("default", new { action = ChattyWorker.Action, input = 300 });

        // The client loses its connection after every few events and comes back with the last id that it saw.
        var seen = new List<EventReader.Event>();
        while (seen.LastOrDefault()?.Type != "task.completed")
        {
            using var reader = await EventReader.OpenAsync(gateway.Client, id, seen.LastOrDefault()?.Id);
            for (var i = 0; i < 40 && await reader.NextAsync() is { } next; i++)
            {
                seen.Add(next);
            }
        }

        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(entry => entry.Id));
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 300)),
            string.Concat(seen.Where(entry => entry.Type == "task.chunk").Select(entry => entry.Data.GetProperty("data").GetProperty("text").GetString())));
    }

    [Fact]
    public async Task Stream_ResumedAfterTheEnd_Is204()
    {
        var id = await gateway.SubmitAsync("default", new { action = EchoWorker.Action, input = 1 });
        await gateway.WaitAsync(id);

        using var response = await EventReader.RequestAsync(gateway.Client, id, 4);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Stream_BadLastEventId_Is400()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tasks/{Guid.Empty}/events?after=-1");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", "seven");

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(["/Last-Event-ID", "/after"], (await Answer.ReadAsync(response, 400)).Pointers);
    }

    [Fact]
    public async Task Stream_ReaderThatGoesAway_LeavesTheGatewayWell()
    {
        var id = await gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "gone" });
        await gateway.Gates.StartedAsync("gone");
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/v1/tasks/{id}/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"));
            Assert.True(await socket.GetStream().ReadAsync(new byte[1]) > 0);
        }

        gateway.Gates.Open("gone");

        Assert.Equal("completed", (await gateway.WaitAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Stream_GatewayStops_EndsAtOnce()
    {
        await using var other = await TestGateway.StartAsync(_ => { });
        var id = await other.SubmitAsync("default", new { action = "nobody.serves" });
        using var reader = await EventReader.OpenAsync(other.Client, id);
        await reader.NextAsync();
        await reader.NextAsync();
        var next = reader.NextAsync();

        await other.DisposeAsync();

        Assert.Null(await next);
    }
}
