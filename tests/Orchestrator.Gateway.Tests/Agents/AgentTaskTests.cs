using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Runtime.Agents;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Mcp;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Gateway.Tests.Agents;

/// <summary>Agents from the definition to the result, beside a model and a server of tools that do what the test says.</summary>
public sealed class AgentTaskTests : IAsyncLifetime
{
    private const string KeyCanary = "canary-key-98765";
    private const string TokenCanary = "canary-token-12345";

    private readonly CapturedLog _log = new();
    private ModelEndpoint _model = null!;
    private McpEndpoint _tools = null!;
    private TestGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _model = await ModelEndpoint.StartAsync();
        _tools = await McpEndpoint.StartAsync();
        _gateway = await TestGateway.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(_log);
                builder.Logging.SetMinimumLevel(LogLevel.Trace);
            },
            "--Providers:stub:BaseUrl", _model.BaseUrl,
            "--Providers:stub:ApiKey", KeyCanary,
            "--Agents:AllowPrivateAddresses", "true",
            "--OPENAI_API_KEY", "");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _tools.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Run_AgentWithATool_EndsWithTextUsageAndEventsToFollow()
    {
        _model.OnRequest = (request, _) => Task.FromResult(
            TurnOf(request) == 1 ? ModelReply.Call("web__work", "{}") with { Content = "Let me look. " } : new ModelReply($"It says: {LastOf(request)}"));
        _tools.OnCall = (_, http) => Task.FromResult(new McpReply($"42, and you are {http.Request.Headers.Authorization}"));
        await DefineAsync("asker", new { mcpServers = new[] { new { name = "web", url = _tools.Url, headers = new { Authorization = $"Bearer {TokenCanary}" } } } });

        var task = await RunAsync("agent.asker", new { prompt = "What is it?", context = new { about = "life" } });

        Assert.Equal("completed", task.GetProperty("status").GetString());
        Assert.Equal(("It says: 42, and you are [secret]", 2), (task.GetProperty("result").GetProperty("text").GetString(), task.GetProperty("result").GetProperty("turns").GetInt32()));
        Assert.Equal((200, 14), (task.GetProperty("usage").GetProperty("inputTokens").GetInt32(), task.GetProperty("usage").GetProperty("outputTokens").GetInt32()));
        Assert.Equal(["Be brief.", "What follows is about this:\n{\"about\":\"life\"}", "What is it?"], _model.Requests.First()["messages"]!.AsArray().Select(TextOf));
        var events = (await _gateway.GetAsync($"/api/v1/tasks/{task.GetProperty("id").GetGuid()}/events?limit=500")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("Let me look. It says: 42, and you are [secret]", string.Concat(events.Where(OfType("task.chunk")).Select(item => item.GetProperty("data").GetProperty("text").GetString())));
        Assert.Contains(events, item => OfType("task.progress")(item) && item.GetProperty("data").GetProperty("message").GetString()!.StartsWith("Turn ", StringComparison.Ordinal));
        var said = string.Join('\n', _log.Text, task.GetRawText(), string.Concat(events.Select(item => item.GetRawText())), (await _gateway.GetAsync("/api/v1/agents")).Body.GetRawText());
        Assert.DoesNotContain(KeyCanary, said, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenCanary, said, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenCanary, string.Concat(_model.Requests.Select(request => request.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PersonIsAskedWhileTheAgentChanges_GoesOnAsItBegan()
    {
        _model.OnRequest = (request, _) => Task.FromResult(
            TurnOf(request) == 1 ? ModelReply.Call("ask_person", """{"question":"Send it?","details":{"to":"a@example.org"}}""") : new ModelReply(LastOf(request)));
        await DefineAsync("sender", new { tools = new[] { "ask_person" } });
        var id = await SubmitAsync("agent.sender", new { prompt = "Send it." });
        await Eventually.TrueAsync(async () => (await TaskAsync(id)).GetProperty("waitingFor").GetString() == "approval", TimeSpan.FromSeconds(20), () => _log.Text);
        await DefineAsync("sender", new { instructions = "Be long.", tools = Array.Empty<string>() });

        await _gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve", edits = new { to = "b@example.org" }, comment = "to B" });
        var task = await _gateway.WaitAsync(id);

        Assert.Equal(
            """{"decision":"approve","edits":{"to":"b@example.org"},"comment":"to B"}""", task.GetProperty("result").GetProperty("text").GetString());
        Assert.Equal(["Be brief.", "Be brief."], _model.Requests.Select(request => TextOf(request["messages"]![0])));
    }

    [Fact]
    public async Task Run_AnyAgent_IsTheBestThatHasAllSkills()
    {
        _model.OnRequest = (request, _) => Task.FromResult(new ModelReply(TextOf(request["messages"]![0])));
        await DefineAsync("lawyer", new { instructions = "lawyer", skills = new { law = 0.9 } });
        await DefineAsync("clerk", new { instructions = "clerk", skills = new { law = 0.5, italian = 0.5 } });
        await DefineAsync("poet", new { instructions = "poet", skills = new { verse = 1 } });

        foreach (var (skills, agent) in new[] { (new[] { "law" }, "lawyer"), (["law", "italian"], "clerk"), (["verse"], "poet") })
        {
            Assert.Equal(agent, (await RunAsync("agent.any", new { prompt = "p" }, skills)).GetProperty("result").GetProperty("text").GetString());
        }

        var nobody = await RunAsync("agent.any", new { prompt = "p" }, ["verse", "law"]);
        Assert.Equal(("unservable", "No agent that this silo can run has all the skills law, verse."), ErrorOf(nobody));
    }

    [Theory]
    [InlineData("nowhere/m", "The agent cannot run here: its model nowhere/m names the provider nowhere, which is not configured.")]
    [InlineData("openai/gpt", "OPENAI_API_KEY")]
    public async Task Run_ModelThatCannotBeAsked_IsSaid(string model, string reason)
    {
        await PutAsync("lost", new { instructions = "i", model });
        var id = await SubmitAsync("agent.lost", new { prompt = "p" });

        await Eventually.TrueAsync(
            async () => (await _gateway.GetAsync($"/api/v1/tasks/{id}/why")).Body.GetRawText().Contains(reason, StringComparison.Ordinal),
            TimeSpan.FromSeconds(20),
            () => _gateway.GetAsync($"/api/v1/tasks/{id}/why").GetAwaiter().GetResult().Body.GetRawText());
    }

    [Fact]
    public async Task Run_ModelThatTheProviderDoesNotKnow_FailsForGood()
    {
        _model.OnRequest = (_, _) => Task.FromResult(ModelReply.Failure(404));
        await DefineAsync("unknown", new { });

        Assert.Equal("invalid_input", ErrorOf(await RunAsync("agent.unknown", new { prompt = "p" })).Code);
        Assert.Equal(1, _model.Chats);
    }

    [Fact]
    public async Task Run_ModelThatNeverAnswers_TimesOutWithItsTurn()
    {
        _model.OnRequest = async (_, aborted) =>
        {
            await Task.Delay(Timeout.Infinite, aborted);
            return new ModelReply("never");
        };
        await DefineAsync("patient", new { turnTimeoutMs = 200 });

        Assert.Equal(("timeout", "Turn 1 took longer than 200 ms."), ErrorOf(await RunAsync("agent.patient", new { prompt = "p" })));
    }

    [Fact]
    public async Task Run_AgentDeletedMeanwhile_IsUnservable()
    {
        _model.OnRequest = (_, _) => Task.FromResult(ModelReply.Call("ask_person", """{"question":"Well?"}"""));
        await DefineAsync("passing", new { tools = new[] { "ask_person" } });
        var id = await SubmitAsync("agent.passing", new { prompt = "p" });
        await Eventually.TrueAsync(async () => (await TaskAsync(id)).GetProperty("waitingFor").GetString() == "approval", TimeSpan.FromSeconds(20), () => _log.Text);
        await DefineAsync("passing", new { instructions = "another" });
        using var deleted = await _gateway.Client.DeleteAsync(new Uri("/api/v1/agents/passing", UriKind.Relative));
        await DefineAsync("passing", new { instructions = "of the same name" });

        await _gateway.PostAsync($"/api/v1/tasks/{id}/approve", new { decision = "approve" });

        Assert.Equal(("unservable", "Version 1 of the agent passing, as which the task began, is not there any more."), ErrorOf(await _gateway.WaitAsync(id)));
    }

    [Theory]
    [InlineData("""{}""", "$: either prompt or messages is required.")]
    [InlineData("""{"prompt":"p","messages":[]}""", "$: either prompt or messages is required. $.messages: must not be empty.")]
    [InlineData("""{"messages":[{"role":"robot","content":"x"}]}""", "$.messages[0].role: must be \"user\", \"assistant\" or \"system\".")]
    public async Task Run_InputThatIsNone_NamesWhatIsWrong(string input, string message)
    {
        await DefineAsync("strict", new { });

        Assert.Equal(("invalid_input", message), ErrorOf(await RunAsync("agent.strict", JsonNode.Parse(input)!)));
    }

    private static Func<JsonElement, bool> OfType(string type) => item => item.GetProperty("type").GetString() == type;

    private static int TurnOf(JsonNode request) => 1 + request["messages"]!.AsArray().Count(message => message!["role"]!.GetValue<string>() == "assistant");

    private static string LastOf(JsonNode request) => TextOf(request["messages"]!.AsArray()[^1]);

    private static string TextOf(JsonNode? message) => message!["content"] is JsonArray parts ? parts[0]!["text"]!.GetValue<string>() : message["content"]!.GetValue<string>();

    private static (string? Code, string? Message) ErrorOf(JsonElement task) =>
        (task.GetProperty("error").GetProperty("code").GetString(), task.GetProperty("error").GetProperty("message").GetString());

    private async Task DefineAsync(string name, object more)
    {
        var agent = new JsonObject { ["instructions"] = "Be brief.", ["model"] = "stub/m" };
        foreach (var (member, value) in JsonSerializer.SerializeToNode(more)!.AsObject().ToList())
        {
            agent[member] = value!.DeepClone();
        }

        var version = (await PutAsync(name, agent)).GetProperty("version").GetInt32();
        var directory = _gateway.Services.GetRequiredService<AgentDirectory>();
        await Eventually.TrueAsync(
            () => Task.FromResult(directory.Agents.TryGetValue(name, out var known) && known.Version == version), TimeSpan.FromSeconds(20), () => "The silo does not know the agent.");
    }

    private async Task<JsonElement> PutAsync(string name, object agent)
    {
        using var response = await _gateway.Client.PutAsync(new Uri($"/api/v1/agents/{name}", UriKind.Relative), TestGateway.Json(JsonSerializer.Serialize(agent)));
        return (await Answer.ReadAsync(response, (int)response.StatusCode < 300 ? (int)response.StatusCode : 200)).Body;
    }

    private Task<Guid> SubmitAsync(string action, object input, string[]? skills = null) =>
        _gateway.SubmitAsync("default", new { action, input, skills = skills ?? [], maxAttempts = 1 });

    private async Task<JsonElement> RunAsync(string action, object input, string[]? skills = null) => await _gateway.WaitAsync(await SubmitAsync(action, input, skills));

    private async Task<JsonElement> TaskAsync(Guid id) => (await _gateway.GetAsync($"/api/v1/tasks/{id}")).Body;
}
