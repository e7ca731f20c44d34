using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.TestKit.Models;

/// <summary>A provider of models on a free loopback port that speaks the protocol of OpenAI and answers what the test says.</summary>
public sealed class ModelEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private ModelEndpoint(WebApplication app) => _app = app;

    /// <summary>Where its API begins.</summary>
    public string BaseUrl { get; private set; } = "";

    /// <summary>What it does with a request to score, given the text of the task; a task that never ends means that it never answers.</summary>
    public Func<string, CancellationToken, Task<ModelReply>> OnChat { get; set; } = (_, _) => Task.FromResult(ModelReply.Score(500));

    /// <summary>The same, given the whole request; in place of <see cref="OnChat"/> where it is set.</summary>
    public Func<JsonNode, CancellationToken, Task<ModelReply>>? OnRequest { get; set; }

    /// <summary>What it answers for a text to embed; null means 404.</summary>
    public Func<string, float[]>? OnEmbedding { get; set; }

    /// <summary>How many chats were asked for.</summary>
    public int Chats => Volatile.Read(ref _asked);

    /// <summary>The bodies of all chats.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = new();

    /// <summary>The keys that came with requests.</summary>
    public ConcurrentDictionary<string, bool> Keys { get; } = new();

    public static async Task<ModelEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new ModelEndpoint(builder.Build());
        endpoint._app.MapPost("/v1/chat/completions", endpoint.ChatAsync);
        endpoint._app.MapPost("/v1/embeddings", endpoint.EmbedAsync);
        await endpoint._app.StartAsync();
        endpoint.BaseUrl = endpoint._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1";
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        // Who waits for an answer that never comes is cut off.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ChatAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        Interlocked.Increment(ref _asked);
        Requests.Enqueue(body);
        Keys[http.Request.Headers.Authorization.ToString()] = true;
        try
        {
            var reply = OnRequest is { } answer ? await answer(body, http.RequestAborted) : await OnChat(TextOf(body), http.RequestAborted);
            await ModelAnswerWriter.WriteAsync(http, body, reply);
        }
        catch (ModelCutException)
        {
            http.Abort();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    private static string TextOf(JsonNode body)
    {
        var text = body["messages"]!.AsArray()[^1]!["content"]!;
        return text is JsonArray parts ? parts[0]!["text"]!.GetValue<string>() : text.GetValue<string>();
    }

    private async Task EmbedAsync(HttpContext http)
    {
        var input = (await JsonNode.ParseAsync(http.Request.Body))!["input"]!;
        if (OnEmbedding is not { } embed)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string[] texts = input is JsonArray several ? [.. several.Select(text => text!.GetValue<string>())] : [input.GetValue<string>()];
        await http.Response.WriteAsJsonAsync(new
        {
            @object = "list",
            model = "stub",
            data = texts.Select((text, index) => new { @object = "embedding", index, embedding = embed(text) }),
            usage = new { prompt_tokens = 5 * texts.Length, total_tokens = 5 * texts.Length },
        });
    }
}
