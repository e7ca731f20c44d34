using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Hosting;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class ResourceTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync(builder =>
        builder.Services.AddSingleton(Options.Create(new ActionsOptions
        {
            ["limited.action"] = new() { Resources = new Dictionary<string, int> { ["database"] = 1, ["search"] = 2 } },
        })));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Put_Bucket_Is201AndThen200AndCanBeRead()
    {
        var created = await PutAsync("search", new { capacity = 100, refillPerSecond = 1.5 }, 201);
        var changed = await PutAsync("search", new { capacity = 50, refillPerSecond = 0.5 });

        Assert.Equal("/api/v1/resources/search", created.Headers.Location!.ToString());
        Assert.Equal(100, created.Body.GetProperty("available").GetDecimal());
        Assert.Equal(0.5m, changed.Body.GetProperty("refillPerSecond").GetDecimal());
        Assert.Equal(50, changed.Body.GetProperty("available").GetDecimal());
        Assert.Equal(JsonValueKind.Null, changed.Body.GetProperty("permits").ValueKind);
        Assert.Equal(changed.Body.ToString(), (await _gateway.GetAsync("/api/v1/resources/search")).Body.ToString());
    }

    [Fact]
    public async Task List_Resources_PagesByName()
    {
        await PutAsync("b", new { permits = 3 }, 201);
        await PutAsync("a", new { permits = 3 }, 201);

        var first = await _gateway.GetAsync("/api/v1/resources?limit=1");
        var second = await _gateway.GetAsync($"/api/v1/resources?limit=1&cursor={first.Text("nextCursor")}");

        Assert.Equal("a", first.Body.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal("b", second.Body.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, second.Body.GetProperty("nextCursor").ValueKind);
    }

    [Theory]
    [InlineData("x", "{}", new[] { "" })]
    [InlineData("x", "{\"capacity\":-1,\"refillPerSecond\":0,\"burst\":1}", new[] { "/burst", "/capacity", "/refillPerSecond" })]
    [InlineData("x", "{\"capacity\":9999999999,\"refillPerSecond\":1e300}", new[] { "/capacity", "/refillPerSecond" })]
    [InlineData("x", "{\"capacity\":1.5,\"refillPerSecond\":\"1\"}", new[] { "/capacity", "/refillPerSecond" })]
    [InlineData("x", "{\"capacity\":5}", new[] { "/refillPerSecond" })]
    [InlineData("x", "{\"refillPerSecond\":0.0000001}", new[] { "/capacity", "/refillPerSecond" })]
    [InlineData("x", "{\"permits\":0}", new[] { "/permits" })]
    [InlineData("x", "{\"permits\":-5,\"capacity\":5,\"refillPerSecond\":5}", new[] { "/capacity", "/permits", "/refillPerSecond" })]
    [InlineData("Bad%20Name", "{\"permits\":-5}", new[] { "/name", "/permits" })]
    public async Task Put_BadSettings_NamesEveryField(string name, string body, string[] pointers)
    {
        Assert.Equal(pointers, (await PutAsync(name, body, 400)).Pointers);
        Assert.Equal(0, (await _gateway.GetAsync("/api/v1/resources")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Get_UnknownResource_Is404() => Assert.Equal("resource-not-found", (await _gateway.GetAsync("/api/v1/resources/none", 404)).Problem);

    [Fact]
    public async Task Submit_UnknownOrTooMuch_Is422AndNamesEveryField()
    {
        await PutAsync("search", new { capacity = 3, refillPerSecond = 1 }, 201);

        var one = await _gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = EchoWorker.Action, resources = new { search = 4, other = 1 } }, 422);
        var batch = await _gateway.PostAsync(
            "/api/v1/workspaces/default/tasks/batch",
            new { tasks = new object[] { new { action = EchoWorker.Action }, new { action = EchoWorker.Action, resources = new { other = 1 } } } },
            422);

        Assert.Equal(["/resources/other", "/resources/search"], one.Pointers);
        Assert.Equal(["/tasks/1/resources/other"], batch.Pointers);
        Assert.Equal("unprocessable", batch.Problem);
        Assert.Equal(0, await _gateway.CountAsync("default"));
    }

    [Fact]
    public async Task Submit_ActionWithDefaults_NeedsThemBesideItsOwn()
    {
        await PutAsync("database", new { permits = 5 }, 201);
        await PutAsync("search", new { capacity = 50, refillPerSecond = 1 }, 201);

        var task = await _gateway.PostAsync("/api/v1/workspaces/default/tasks", new { action = "limited.action", resources = new { search = 7 } }, 202);

        Assert.Equal("""{"search":7,"database":1}""", task.Body.GetProperty("resources").ToString());
        var read = await _gateway.GetAsync($"/api/v1/tasks/{task.Body.GetProperty("id").GetGuid()}");
        Assert.Equal(2, read.Body.GetProperty("resources").EnumerateObject().Count());
    }

    [Fact]
    public async Task Task_WithoutAPermit_WaitsSaysWhyAndGoesOnWhenOneIsFree()
    {
        await PutAsync("database", new { permits = 1 }, 201);
        var first = await _gateway.SubmitAsync("default", new { action = GateWorker.Action, input = "a", resources = new { database = 1 } });
        await _gateway.Gates.StartedAsync("a");
        var second = await _gateway.SubmitAsync("default", new { action = EchoWorker.Action, resources = new { database = 1 } });
        var plain = await _gateway.SubmitAsync("default", new { action = EchoWorker.Action });
        Assert.Equal("completed", (await _gateway.WaitAsync(plain)).GetProperty("status").GetString());

        var waiting = await _gateway.GetAsync($"/api/v1/tasks/{second}");
        var why = await _gateway.GetAsync($"/api/v1/tasks/{second}/why");

        Assert.Equal(("waiting", "resource"), (waiting.Text("status"), waiting.Text("waitingFor")));
        Assert.Equal("waiting_for_resource", why.Text("code"));
        Assert.Contains("1 of database, of whose 1 permit 0 are free", why.Text("message"), StringComparison.Ordinal);
        Assert.Equal(1, (await _gateway.GetAsync("/api/v1/resources/database")).Body.GetProperty("waiting").GetInt32());
        var events = (await _gateway.GetAsync($"/api/v1/tasks/{second}/events")).Body.GetProperty("items");
        Assert.Equal("""{"resource":"database"}""", events.EnumerateArray().Single(item => item.GetProperty("type").GetString() == "task.waiting").GetProperty("data").ToString());

        _gateway.Gates.Open("a");
        Assert.Equal("completed", (await _gateway.WaitAsync(first)).GetProperty("status").GetString());
        Assert.Equal("completed", (await _gateway.WaitAsync(second)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Put_RaisedWhileTasksWait_LetsThemGoOn()
    {
        await PutAsync("search", new { capacity = 1, refillPerSecond = 0.001 }, 201);
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await _gateway.SubmitAsync("default", new { action = EchoWorker.Action, resources = new { search = 1 } }));
        }

        Assert.Equal("completed", (await _gateway.WaitAsync(ids[0])).GetProperty("status").GetString());
        await PutAsync("search", new { capacity = 100, refillPerSecond = 1_000 });

        Assert.Equal("completed", (await _gateway.WaitAsync(ids[1])).GetProperty("status").GetString());
        Assert.Equal("completed", (await _gateway.WaitAsync(ids[2])).GetProperty("status").GetString());
    }

    private async Task<Answer> PutAsync(string name, object body, int status = 200)
    {
        using var content = TestGateway.Json(body as string ?? JsonSerializer.Serialize(body));
        using var response = await _gateway.Client.PutAsync(new Uri($"/api/v1/resources/{name}", UriKind.Relative), content);
        return await Answer.ReadAsync(response, status);
    }
}
