using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orchestrator.TestKit.Models;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>A gateway as a process whose models are behind a provider that does everything a provider can do.</summary>
public sealed class GenerationTests
{
    private const string Key = "sk-canary-of-the-key";
    private const string Canary = "canary-of-the-provider";
    private const int Attempts = 2;

    private const string AnySchema = """, "schema": {"type": "object", "required": ["n"]}""";

    private static readonly string ErrorBody = $$$"""{"error": {"message": "{{{Canary}}} {{{Key}}}", "code": "{{{Canary}}}"}}""";

    private sealed record Case(string Action, ModelReply Reply, string? Code, int Requests, string More = "");

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["text"] = new("generation.text", new ModelReply("A text of several words."), null, 1),
        ["json"] = new("generation.json", new ModelReply("""{"n": 3}"""), null, 1, AnySchema),
        ["json that does not fit"] = new("generation.json", new ModelReply("{}"), "invalid_output", 2 * Attempts, AnySchema),
        ["rate limit"] = new("generation.text", ModelReply.Failure(429, ErrorBody), "rate_limited", Attempts),
        ["rate limit for a second"] = new("generation.text", ModelReply.Failure(429, ErrorBody) with { RetryAfterSeconds = 1 }, "rate_limited", Attempts),
        ["rate limit until a date"] = new("generation.text", ModelReply.Failure(429, ErrorBody) with { RetryAfter = "Wed, 21 Oct 2015 07:28:00 GMT" }, "rate_limited", Attempts),
        ["failure"] = new("generation.text", ModelReply.Failure(500, ErrorBody), "provider_error", Attempts),
        ["cut stream"] = new("generation.text", ModelReply.CutAfter(2, "A text of several words.", Task.CompletedTask), "provider_error", Attempts),
        ["malformed json"] = new("generation.json", new ModelReply("") { RawBody = $"{{\"choices\": {Canary}" }, "provider_error", Attempts, AnySchema),
        ["error in place of an answer"] = new("generation.text", new ModelReply("") { RawBody = ErrorBody }, "provider_error", Attempts),
        ["endless stream"] = new("generation.text", ModelReply.Endless("text/event-stream", "data: ", new string('a', 16_000)), "provider_error", Attempts),
        ["endless body"] = new("generation.json", ModelReply.Endless("application/json", "{\"x\": \"", new string('a', 16_000)), "provider_error", Attempts, AnySchema),
        ["slow first token"] = new("generation.text", new ModelReply("a") { BeforePiece = (_, aborted) => Task.Delay(Timeout.Infinite, aborted) }, "timeout", Attempts),
        ["body that trickles"] = new("generation.json", ModelReply.Trickle("application/json", " "), "timeout", Attempts, AnySchema),
        ["wrong key"] = new("generation.text", ModelReply.Failure(401, ErrorBody), "unservable", 1),
        ["unknown model"] = new("generation.text", ModelReply.Failure(404, ErrorBody), "invalid_input", 1),
        ["unknown provider"] = new("generation.text", new ModelReply(""), "invalid_input", 0, ", \"model\": \"nobody/m\""),
        ["missing key"] = new("generation.text", new ModelReply(""), "unservable", 0, ", \"model\": \"xai/m\""),
        ["schema that is none"] = new("generation.json", new ModelReply(""), "invalid_input", 0, ", \"schema\": {\"type\": \"objekt\"}"),
    };

    private readonly ConcurrentDictionary<string, int> _requests = new();

    [Fact]
    public async Task Execute_WhateverTheProviderDoes_EndsAsWhatItIsAndRepeatsNoSecret()
    {
        await using var endpoint = await ModelEndpoint.StartAsync();
        endpoint.OnRequest = (request, _) =>
        {
            var asked = request["messages"]![0]!["content"]!.GetValue<string>();
            _requests.AddOrUpdate(asked, 1, static (_, count) => count + 1);
            return Task.FromResult(Cases[asked].Reply);
        };
        endpoint.OnEmbedding = static text => [text.Length, 0.5f];
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(
            folder.Path,
            ("Providers:openai:BaseUrl", endpoint.BaseUrl),
            ("OPENAI_API_KEY", Key),
            ("Providers:openai:Prices:0:Model", "m"),
            ("Providers:openai:Prices:0:Input", "10"),
            ("Providers:openai:Prices:0:Output", "40"),
            ("Generation:Model", "openai/m"),
            ("Generation:EmbeddingModel", "openai/e"),
            ("Generation:FirstTokenTimeout", "4s"),
            ("Generation:AnswerTimeout", "8s")));
        var api = new Api(gateway);

        var said = new ConcurrentQueue<string>();
        await Task.WhenAll(Cases.Select((known, index) => CheckAsync(api, $"case-{index}", known.Key, known.Value, said)));
        var vectors = await api.GenerateVectorsAsync("""{"input": ["abc", "de"]}""");
        Assert.Equal("[[3,0.5],[2,0.5]]", vectors["result"]!["vectors"]!.ToJsonString());

        Assert.Equal([$"Bearer {Key}"], endpoint.Keys.Keys);
        said.Enqueue(gateway.Output);
        Assert.All(said, text =>
        {
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Execute_WithoutAModel_IsUnservableAndSaysWhatToSet()
    {
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));

        var actions = Assert.Single(await new Api(gateway).ListSilosAsync())["actions"]!.AsArray();

        var text = actions.Single(action => action!["action"]!.GetValue<string>() == "generation.text")!;
        Assert.Contains("set Generation:Model to provider/model", text.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MistakesInModels_AreAllToldWithTheExitCodeOfSettings()
    {
        using var folder = new SqliteFolder();

        var result = await ServiceProcess.RunRefusedGatewayAsync(Settings.OnSqlite(
            folder.Path,
            ("Generation:Model", "gpt"),
            ("Generation:Fallbacks", "openai/a, nobody/b"),
            ("Generation:EmbeddingModel", "openai/e"),
            ("Generation:IdleTimeout", "never"),
            ("Providers:openai:Prices:0:Input", "-1")));

        Assert.Equal(78, result.ExitCode);
        Assert.All(
            new[]
            {
                "Generation:Model", "Generation:Fallbacks:0", "Generation:Fallbacks:1", "Generation:EmbeddingModel", "Generation:IdleTimeout",
                "Providers:openai:Prices:0:Model", "Providers:openai:Prices:0:Input", "Providers:openai:Prices:0:Output",
            },
            setting => Assert.Contains(setting, result.Output, StringComparison.Ordinal));
    }

    private async Task CheckAsync(Api api, string workspace, string name, Case known, ConcurrentQueue<string> said)
    {
        // Circuits are the workspace's, so no case is held back by another.
        await api.CreateWorkspaceAsync(workspace);
        var task = JsonNode.Parse($$$"""{"action": "{{{known.Action}}}", "maxAttempts": {{{Attempts}}}, "input": {"prompt": "{{{name}}}"{{{known.More}}} } }""")!;
        var id = Assert.Single(await api.SubmitAsync(workspace, new JsonArray(task)));
        var ended = await api.WaitForEndAsync(id, TimeSpan.FromSeconds(60));
        var events = await api.GetEventsAsync(id);

        Assert.True(ended["status"]!.GetValue<string>() == (known.Code is null ? "completed" : "failed"), $"{name}: {ended.ToJsonString()}");
        Assert.Equal((name, known.Code), (name, ended["error"]?["code"]?.GetValue<string>()));
        Assert.Equal((name, known.Requests), (name, _requests.GetValueOrDefault(name)));
        if (known.Code is null)
        {
            Assert.Equal(0.00128m, ended["usage"]!["cost"]!.GetValue<decimal>());
        }

        if (name == "text")
        {
            Assert.Equal("A text of several words.", ended["result"]!["text"]!.GetValue<string>());
            Assert.Equal("A text of several words.", string.Concat(events.Where(e => e["type"]!.GetValue<string>() == "task.chunk").Select(e => e["data"]!["text"]!.GetValue<string>())));
        }

        said.Enqueue(ended.ToJsonString());
        said.Enqueue(string.Join('\n', events.Select(e => e.ToJsonString())));
        said.Enqueue((await api.GetWorkspaceAsync(workspace)).ToJsonString());
    }
}
