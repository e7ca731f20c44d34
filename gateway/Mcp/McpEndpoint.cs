using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orchestrator.Gateway.Problems;
using Orchestrator.Gateway.Requests;
using Orchestrator.Gateway.Security;

namespace Orchestrator.Gateway.Mcp;

/// <summary>
/// Serves MCP at <c>POST /mcp</c> over streamable HTTP. Every request stands by itself, without a session, so that any gateway
/// behind a balancer can answer it.
/// </summary>
internal static class McpEndpoint
{
    public const string Path = "/mcp";

    private static readonly System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonRpcMessage> MessageType =
        McpJsonUtilities.DefaultOptions.GetTypeInfo<JsonRpcMessage>();

    public static void MapMcp(this IEndpointRouteBuilder routes) => routes
        .MapPost(Path, (Delegate)ServeAsync)
        .AddEndpointFilter<HostGuard>()
        .AddEndpointFilter<CallerFilter>()
        .AddEndpointFilter<ScopeFilter>()
        .WithMetadata(new BodyLimit(BodyLimit.Task), NeededScope.AnyKey)
        .ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(HttpContext http, ToolCaller caller, ILoggerFactory loggers)
    {
        var message = await ReadAsync(http);
        McpHeaders.Check(http, message);
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using var server = McpServer.Create(transport, McpServerSetup.For(http, caller), loggers, http.RequestServices);
        var running = server.RunAsync(http.RequestAborted);
        Open(http.Response);
        bool answered;
        try
        {
            answered = await transport.HandlePostRequestAsync(message, http.Response.Body, first => McpHeaders.ChooseStatus(http.Response, first), http.RequestAborted);
        }
        catch (JsonException exception) when (!http.Response.HasStarted)
        {
            throw new ProblemException(new Problem(ProblemTypes.Validation, "The message has parameters of a wrong type.").At("/params", $"cannot be read: {exception.Message}"));
        }

        await transport.DisposeAsync();
        await running;
        if (answered)
        {
            return TypedResults.Empty;
        }

        http.Response.ContentType = null;
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<JsonRpcMessage> ReadAsync(HttpContext http)
    {
        using var body = await JsonBody.ReadAsync(http);
        try
        {
            return JsonSerializer.Deserialize(body.Utf8, MessageType) ?? throw NoMessage("null");
        }
        catch (JsonException exception)
        {
            throw NoMessage(exception.Message);
        }
    }

    private static ProblemException NoMessage(string reason) =>
        new(new Problem(ProblemTypes.Validation, "The body is no message of JSON-RPC 2.0.").At(JsonPointer.Root, $"must be one message of JSON-RPC 2.0: {reason}"));

    private static void Open(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
