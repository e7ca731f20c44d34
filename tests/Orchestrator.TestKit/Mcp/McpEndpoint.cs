using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.TestKit.Mcp;

/// <summary>An MCP server over HTTP on a free loopback port, with one tool that does what the test says and counts.</summary>
public sealed class McpEndpoint : IAsyncDisposable
{
    private const string Protocol = "2025-06-18";

    private readonly WebApplication _app;

    private McpEndpoint(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>What the tool <c>work</c> does. One that never ends is cut off with its caller.</summary>
    public Func<McpCall, HttpContext, Task<McpReply>> OnCall { get; set; } = (_, _) => Task.FromResult(new McpReply("ok"));

    /// <summary>The status of every answer that is none of the protocol; null for none.</summary>
    public int? Refuses { get; set; }

    public ConcurrentQueue<McpCall> Calls { get; } = new();

    /// <summary>What is answered when the tools are asked for, given how often that was; null for two tools on one page.</summary>
    public Func<int, JsonNode>? OnList { get; set; }

    /// <summary>The session that it says it has, and never ends; null for none.</summary>
    public string? EndlessSession { get; set; }

    /// <summary>How often the tools were asked for.</summary>
    public int Listings { get; private set; }

    public static async Task<McpEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new McpEndpoint(builder.Build());
        endpoint._app.MapPost("/mcp", endpoint.AnswerAsync);
        endpoint._app.MapDelete("/mcp", static http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await endpoint._app.StartAsync();
        endpoint.Url = new Uri(endpoint._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/mcp");
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (Refuses is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        var request = (await JsonNode.ParseAsync(http.Request.Body))!;
        if (request["id"] is not { } id)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        switch (request["method"]!.GetValue<string>())
        {
            case "initialize":
                if (EndlessSession is { } session)
                {
                    http.Response.Headers["Mcp-Session-Id"] = session;
                }

                answer["result"] = new JsonObject
                {
                    ["protocolVersion"] = Protocol,
                    ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                    ["serverInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
                };
                break;
            case "tools/list":
                Listings++;
                answer["result"] = OnList?.Invoke(Listings) ?? JsonNode.Parse("""{"tools":[{"name":"work","description":"Works.","inputSchema":{"type":"object"}},{"name":"other","inputSchema":{"type":"object"}}]}""");
                break;
            case "tools/call":
                answer["result"] = await CallAsync(http, request["params"]!);
                break;
            default:
                answer["error"] = new JsonObject { ["code"] = -32601, ["message"] = "There is no such method." };
                break;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    private async Task<JsonNode> CallAsync(HttpContext http, JsonNode parameters)
    {
        var call = new McpCall(
            parameters["name"]!.GetValue<string>(), parameters["arguments"] ?? new JsonObject(), parameters["_meta"]?["orchestrator/idempotencyKey"]?.GetValue<string>());
        Calls.Enqueue(call);
        var reply = await OnCall(call, http);
        return new JsonObject
        {
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = reply.Text }),
            ["isError"] = reply.IsError,
        };
    }
}
