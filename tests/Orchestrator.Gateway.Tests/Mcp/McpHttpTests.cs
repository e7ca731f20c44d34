using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Gateway.Hosting;
using Orchestrator.Gateway.Security;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Mcp;

/// <summary>MCP as it is spoken over HTTP, by hand.</summary>
public sealed class McpHttpTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""";

    [Theory]
    [InlineData("Origin", "http://evil.example", "/Origin")]
    [InlineData("Origin", "null", "/Origin")]
    [InlineData("Origin", "http://192.168.1.7", "/Origin")]
    [InlineData("Host", "evil.example", "/Host")]
    [InlineData("Host", "localhost.evil.example:8080", "/Host")]
    public async Task Post_FromElsewhere_IsRefused(string header, string value, string field)
    {
        var answer = await gateway.PostAsync("/mcp", List, 403, (header, value));

        Assert.Equal("foreign-host", answer.Problem);
        Assert.Equal([field], answer.Pointers);
    }

    [Theory]
    [InlineData("Origin", "http://localhost:6274")]
    [InlineData("Origin", "http://[::1]:6274")]
    [InlineData("Host", "localhost:8080")]
    [InlineData("Host", "10.0.0.7")]
    public async Task Post_FromThisMachine_IsServed(string header, string value) =>
        Assert.Contains("submit_task", await SendAsync(gateway, List, 200, (header, value)));

    [Fact]
    public async Task Post_FromAConfiguredHost_IsServed()
    {
        await using var own = await TestGateway.StartAsync(builder => builder.Services.AddSingleton(Options.Create(new GatewayOptions { Hosts = ["tasks.example.org"] })));

        Assert.Contains("submit_task", await SendAsync(own, List, 200, ("Host", "tasks.example.org"), ("Origin", "https://tasks.example.org")));
    }

    [Theory]
    [InlineData("", 400, "malformed-json")]
    [InlineData("{", 400, "malformed-json")]
    [InlineData("[]", 400, "validation")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/list"}""", 400, "validation")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/list"}""", 400, "validation")]
    public async Task Post_NoMessage_Is400(string body, int status, string problem) =>
        Assert.Equal(problem, (await gateway.PostAsync("/mcp", body, status)).Problem);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"x"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5,"capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""")]
    public async Task Post_ParametersOfAWrongType_Is400(string body) =>
        Assert.Equal(["/params"], (await gateway.PostAsync("/mcp", body, 400, ("Accept", "application/json, text/event-stream"))).Pointers);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"name":"list_tasks","arguments":7}""")]
    public async Task Call_ThatCannotBeRead_IsInvalidParams(string parameters) =>
        Assert.Contains("-32602", await SendAsync(gateway, $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}}}""", 200));

    [Fact]
    public async Task Post_OtherThanItMustBe_IsRefused()
    {
        Assert.Equal("too-large", (await gateway.PostAsync("/mcp", $$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('x', 2_000_000)}}"}""", 413, ("Expect", "100-continue"))).Problem);
        Assert.Equal("unsupported-media-type", (await gateway.PostAsync("/mcp", new StringContent(List), 415)).Problem);
        Assert.Equal(["/Mcp-Method"], (await gateway.PostAsync("/mcp", List, 400, ("Mcp-Method", "tools/call"))).Pointers);
        Assert.Equal("method-not-allowed", (await gateway.GetAsync("/mcp", 405)).Problem);
        Assert.Contains("-326", await SendAsync(gateway, """{"jsonrpc":"2.0","id":1,"method":"no/such"}""", 200));
    }

    [Fact]
    public async Task Post_Notification_IsAccepted() =>
        Assert.Equal("", await SendAsync(gateway, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", 202));

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Initialize_OfEachRevision_IsAnsweredInIt(string version) =>
        Assert.Contains($"\"protocolVersion\":\"{version}\"", await SendAsync(gateway, $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"} } }""", 200));

    [Fact]
    public async Task Post_UnknownRevision_Is400AndNamesTheKnown() =>
        Assert.Contains("\"supported\":[\"2024-11-05\",", await SendAsync(gateway, List, 400, ("MCP-Protocol-Version", "1999-01-01")));

    [Fact]
    public async Task Call_OfACallerThatSeesOneWorkspace_FindsNoOther()
    {
        await using var own = await TestGateway.StartAsync(builder => builder.Services.AddSingleton<ICallerResolver>(new FakeCallers(http => http.Request.Headers.Authorization == "Bearer wide" ? CallerContext.Everyone : CallerContext.Of("mine"))));
        const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{"workspace":"default"}}}""";

        Assert.Contains("There is no workspace", await SendAsync(own, Call, 200, ("Authorization", "Bearer narrow")));
        Assert.Contains("\"structuredContent\":{\"items\":[]", await SendAsync(own, Call, 200, ("Authorization", "Bearer wide")));
    }

    private static async Task<string> SendAsync(TestGateway gateway, string body, int status, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = TestGateway.Json(body) };
        foreach (var (name, value) in headers.Append(("Accept", "application/json, text/event-stream")))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await gateway.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{response.StatusCode}: {text}");
        return text;
    }
}
