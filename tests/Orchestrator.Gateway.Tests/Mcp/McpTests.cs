using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Orchestrator.Gateway.Tests.Runs;
using Orchestrator.Gateway.Tests.Support;
using Orchestrator.Workers.Validation;

namespace Orchestrator.Gateway.Tests.Mcp;

/// <summary>The tools by way of the package's own client.</summary>
public sealed class McpTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly string[] Names =
    [
        "abort_run", "approve_step", "approve_task", "cancel_task", "get_run", "get_task", "list_actions", "list_definitions", "list_runs", "list_tasks", "list_workspaces",
        "retry_step", "retry_task", "send_message", "skip_step", "start_run", "submit_task", "task_events", "wait_for_task", "why_not_running",
    ];

    [Fact]
    public async Task List_OfTools_SaysWhatEachTakesAndDoes()
    {
        await using var client = await ConnectAsync();
        var tools = await client.ListToolsAsync();

        Assert.Equal(Names, tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.Description.Length > 40 && tool.Title is not null, tool.Name));
        Assert.All(tools, tool => PayloadSchema.Parse(JsonSerializer.SerializeToUtf8Bytes(tool.JsonSchema)));
        Assert.All(tools, tool => PayloadSchema.Parse(JsonSerializer.SerializeToUtf8Bytes(tool.ReturnJsonSchema!.Value)));
        Assert.Equal(
            ["get_run", "get_task", "list_actions", "list_definitions", "list_runs", "list_tasks", "list_workspaces", "task_events", "wait_for_task", "why_not_running"],
            tools.Where(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["abort_run", "approve_step", "approve_task", "cancel_task", "skip_step"],
            tools.Where(tool => tool.ProtocolTool.Annotations!.DestructiveHint == true).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Contains("list_actions", client.ServerInstructions);
        Assert.Equal("2026-07-28", client.NegotiatedProtocolVersion);
    }

    [Fact]
    public async Task Submit_AndWait_AnswersTheResult()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var client = await ConnectAsync();
        var submitted = await CallAsync(client, "submit_task", new { workspace, action = EchoWorker.Action, input = new { text = "né" }, priority = "high", name = "first", tags = new[] { "a" }, idempotencyKey = "k1" });
        var ended = await CallAsync(client, "wait_for_task", new { task = submitted.GetProperty("id").GetString() });
        var again = await CallAsync(client, "submit_task", new { workspace, action = EchoWorker.Action, input = new { text = "né" }, priority = "high", name = "first", tags = new[] { "a" }, idempotencyKey = "k1", wait = 10 });

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal("né", ended.GetProperty("result").GetProperty("text").GetString());
        Assert.Equal((600, "first"), (ended.GetProperty("score").GetInt32(), ended.GetProperty("name").GetString()));
        Assert.Equal(submitted.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(1, await gateway.CountAsync(workspace));
    }

    [Fact]
    public async Task Tools_OnATaskThatWaits_FollowSteerAndEndIt()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        await using var client = await ConnectAsync();
        var task = (await CallAsync(client, "submit_task", new { workspace, action = "nobody.serves", tags = new[] { "x" } })).GetProperty("id").GetString();
        var why = await CallAsync(client, "why_not_running", new { task });
        var seen = await CallAsync(client, "get_task", new { task });
        var listed = await CallAsync(client, "list_tasks", new { workspace, status = "queued", tag = "x", limit = 5 });
        var sent = await CallAsync(client, "send_message", new { task, messages = new[] { new { role = "user", content = "hurry" } } });
        var cancelled = await CallAsync(client, "cancel_task", new { task });
        var events = await CallAsync(client, "task_events", new { task, after = 1 });
        var again = await CallAsync(client, "retry_task", new { task, input = new { other = 1 } });

        Assert.Equal("unservable", why.GetProperty("code").GetString());
        Assert.Equal(0, seen.GetProperty("queuePosition").GetInt32());
        Assert.Equal(task, Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, sent.GetProperty("accepted").GetInt32());
        Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        Assert.Contains(events.GetProperty("items").EnumerateArray(), one => one.GetProperty("type").GetString() == "task.message");
        Assert.Equal(task, again.GetProperty("redriveOf").GetString());
    }

    [Fact]
    public async Task Approve_OfATaskThatAsks_HasItGoOn()
    {
        await using var client = await ConnectAsync();
        var task = (await CallAsync(client, "submit_task", new { workspace = "default", action = SteeredWorker.Action, input = new { questions = new[] { "Shall I?" } } })).GetProperty("id").GetString();
        await TestKit.Eventually.TrueAsync(
            async () => (await CallAsync(client, "get_task", new { task })).GetProperty("waitingFor").GetString() == "approval", TimeSpan.FromSeconds(20), () => "The task asks.");

        var answered = await CallAsync(client, "approve_task", new { task, decision = "approve", comment = "go on" });
        var ended = await CallAsync(client, "wait_for_task", new { task, wait = 30 });

        Assert.Equal(task, answered.GetProperty("id").GetString());
        Assert.Equal("completed", ended.GetProperty("status").GetString());
    }

    [Fact]
    public async Task List_OfActionsAndWorkspaces_ShowsWhatThereIs()
    {
        await using var client = await ConnectAsync();
        await TestKit.Eventually.TrueAsync(async () => (await ActionsAsync(client)).Count > 0, TimeSpan.FromSeconds(20), () => "The silo reports itself.");
        var echo = (await ActionsAsync(client))[EchoWorker.Action];
        var workspaces = await CallAsync(client, "list_workspaces", new { });

        Assert.Equal((1, 0.8), (echo.GetProperty("silos").GetInt32(), echo.GetProperty("skills").GetProperty("echoing").GetDouble()));
        Assert.Contains(workspaces.GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetString() == "default");
    }

    [Fact]
    public async Task Start_Run_AnswersItWithItsOutput()
    {
        var name = await gateway.PublishAsync("steps: [{ id: a, action: generation.echo, input: \"${{ run.input }}\" }]");
        await using var client = await ConnectAsync();

        var run = await CallAsync(client, "start_run", new { owner = "test", name, input = "tea", wait = 30 });
        var again = await CallAsync(client, "get_run", new { run = run.GetProperty("id").GetString() });

        Assert.Equal("{\"a\":\"tea\"}", run.GetProperty("output").GetRawText());
        Assert.Equal("completed", again.GetProperty("steps")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Tools_OnARunThatAsks_FindItAndAnswer()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var name = await gateway.PublishAsync("steps: [{ id: a, action: generation.echo, input: 1 }, { id: ask, needs: [a], approval: { question: Well? } }, { id: b, needs: [ask], approval: { question: Really? } }]");
        await using var client = await ConnectAsync();
        Assert.Contains((await CallAsync(client, "list_definitions", new { owner = "test", name })).GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetString() == $"test/{name}@1");
        var run = (await CallAsync(client, "start_run", new { owner = "test", name, workspace })).GetProperty("id").GetString();
        var waiting = await WaitingAsync("ask");

        var answered = await CallAsync(client, "approve_step", new { run, step = "ask", decision = "approve" });
        var skipped = await CallAsync(client, "skip_step", new { run, step = "b", output = 7 });

        Assert.Equal("Well?", waiting.GetProperty("question").GetString());
        Assert.Equal(("started", "completed"), (answered.GetProperty("status").GetString(), skipped.GetProperty("status").GetString()));
        Assert.Equal("b", Assert.Single(answered.GetProperty("waiting").EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty((await CallAsync(client, "list_runs", new { workspace, waiting = true })).GetProperty("items").EnumerateArray());

        run = (await CallAsync(client, "start_run", new { owner = "test", name, workspace })).GetProperty("id").GetString();
        await WaitingAsync("ask");
        Assert.Equal("failed", (await CallAsync(client, "approve_step", new { run, step = "ask", decision = "reject" })).GetProperty("status").GetString());
        Assert.Equal("started", (await CallAsync(client, "retry_step", new { run, step = "ask" })).GetProperty("status").GetString());
        await WaitingAsync("ask");
        Assert.Equal("aborted", (await CallAsync(client, "abort_run", new { run, reason = "enough" })).GetProperty("status").GetString());

        async Task<JsonElement> WaitingAsync(string step)
        {
            JsonElement found = default;
            await TestKit.Eventually.TrueAsync(
                async () =>
                {
                    var items = (await CallAsync(client, "list_runs", new { workspace, waiting = true })).GetProperty("items").EnumerateArray().ToList();
                    found = items.Count == 1 ? Assert.Single(items[0].GetProperty("waiting").EnumerateArray()) : default;
                    return items.Count == 1 && found.GetProperty("id").GetString() == step;
                },
                TimeSpan.FromSeconds(20),
                () => "The step asks.");
            return found;
        }
    }

    [Theory]
    [InlineData("retry_step", """{"run":"01a1fd44-365c-7a7b-9463-8b11bcec2525","step":"a/../b"}""", "/step must be of the form")]
    [InlineData("submit_task", """{"action":"No Action","priority":7000,"surprise":1}""", "/workspace is required.")]
    [InlineData("submit_task", """{"workspace":"default","action":"No Action","priority":7000,"surprise":1}""", "/action must be of the form|/priority must be low|/surprise is not a known member")]
    [InlineData("submit_task", """{"workspace":"no-such","action":"a"}""", "There is no workspace 'no-such'.")]
    [InlineData("submit_task", """{"workspace":"a/../b","action":"a","wait":61}""", "/workspace must be of the form|/wait must be a whole number from 0 to 60.")]
    [InlineData("submit_task", """{"workspace":"default","action":"a","idempotencyKey":"ä"}""", "/idempotencyKey must be")]
    [InlineData("get_task", """{"task":"x/cancel","more":1}""", "/task must be the id of a task, a UUID.|/more is not a known argument; known are task.")]
    [InlineData("get_task", """{"task":"01a1fd44-365c-7a7b-9463-8b11bcec2525"}""", "There is no task 01a1fd44")]
    [InlineData("wait_for_task", """{"task":"01a1fd44-365c-7a7b-9463-8b11bcec2525","wait":{}}""", "/wait must be a string or a number.")]
    [InlineData("list_tasks", """{"workspace":"default","status":"lost","limit":0}""", "/status must be one of|/limit must be a whole number")]
    [InlineData("approve_task", """{"task":"01a1fd44-365c-7a7b-9463-8b11bcec2525","decision":"maybe"}""", "/decision must be")]
    [InlineData("no_such_tool", "{}", "There is no tool no_such_tool; there are submit_task")]
    public async Task Call_ThatIsRefused_SaysWhichArgumentsToChange(string tool, string arguments, string expected)
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments));

        Assert.True(result.IsError);
        var text = Assert.IsType<TextContentBlock>(result.Content[0]).Text;
        Assert.All(expected.Split('|'), part => Assert.Contains(part, text));
        if (tool != "no_such_tool")
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(Assert.IsType<TextContentBlock>(result.Content[1]).Text);
            Assert.StartsWith("urn:orchestrator:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, object arguments)
    {
        var result = await client.CallToolAsync(tool, JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(one => one.Name, one => (object?)one.Value));
        Assert.True(result.IsError is not true, string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text)));
        var schema = (await client.ListToolsAsync()).Single(one => one.Name == tool).ReturnJsonSchema!.Value;
        Assert.Empty(PayloadSchema.Parse(schema).Check(result.StructuredContent!.Value));
        return result.StructuredContent.Value;
    }

    private static async Task<Dictionary<string, JsonElement>> ActionsAsync(McpClient client) =>
        (await CallAsync(client, "list_actions", new { })).GetProperty("actions").EnumerateArray().ToDictionary(one => one.GetProperty("action").GetString()!, StringComparer.Ordinal);

    private async Task<McpClient> ConnectAsync() =>
        await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(gateway.Address, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }));
}
