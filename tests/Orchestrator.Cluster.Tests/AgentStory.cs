using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orchestrator.TestKit.Mcp;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Cluster.Tests;

/// <summary>
/// A model and a server of tools that play six turns: a tool, a child, the wait for it, a tool twice, the end. They can hold an answer back
/// for as long as a silo lives, so that it dies there.
/// </summary>
internal sealed class AgentStory : IAsyncDisposable
{
    public const string Steering = "And mind the tides.";

    private readonly ConcurrentDictionary<string, bool> _held = new();
    private readonly ConcurrentDictionary<int, int> _answered = new();
    private readonly ModelEndpoint _model;
    private readonly McpEndpoint _tools;
    private TaskCompletionSource<string>? _reached;

    private AgentStory(ModelEndpoint model, McpEndpoint tools)
    {
        _model = model;
        _tools = tools;
        model.OnRequest = AnswerAsync;
        tools.OnCall = async (call, http) =>
        {
            await HoldAsync($"tool {call.Arguments["n"]}", http.RequestAborted);
            Finished.Enqueue(call.Arguments["n"]!.GetValue<int>());
            return new McpReply($"tide {call.Arguments["n"]}");
        };
    }

    /// <summary>The places at which nobody gets an answer the first time: <c>turn n</c> and <c>tool n</c>.</summary>
    public HashSet<string> Held { get; init; } = [];

    /// <summary>Called when turn 3 is about to be answered.</summary>
    public Func<Task> AtTurnThree { get; set; } = () => Task.CompletedTask;

    public string BaseUrl => _model.BaseUrl;

    public Uri Tools => _tools.Url;

    /// <summary>Every call of the tool, also those that were cut off.</summary>
    public IReadOnlyCollection<McpCall> Calls => _tools.Calls;

    /// <summary>The calls that ended, by what they were given.</summary>
    public ConcurrentQueue<int> Finished { get; } = new();

    /// <summary>How often each turn was answered.</summary>
    public IReadOnlyDictionary<int, int> Answered => _answered;

    /// <summary>What the model was shown, by the turn that it was asked for.</summary>
    public IEnumerable<(int Turn, IReadOnlyList<string> Messages)> Shown =>
        _model.Requests.Select(static request => (TurnOf(request), (IReadOnlyList<string>)[.. request["messages"]!.AsArray().Select(TextOf)]));

    public static async Task<AgentStory> StartAsync(params IEnumerable<string> held) =>
        new(await ModelEndpoint.StartAsync(), await McpEndpoint.StartAsync()) { Held = [.. held] };

    /// <summary>Waits until somebody stands at a place where no answer comes.</summary>
    public async Task<string> NextHoldAsync()
    {
        var source = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _reached, source);
        return await source.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        await _model.DisposeAsync();
    }

    private static int TurnOf(JsonNode request) => 1 + request["messages"]!.AsArray().Count(static message => message!["role"]!.GetValue<string>() == "assistant");

    private static string TextOf(JsonNode? message) => message!["content"] switch
    {
        null => "",
        JsonArray parts => string.Concat(parts.Select(static part => part!["text"]!.GetValue<string>())),
        var text => text.GetValue<string>(),
    };

    private async Task<ModelReply> AnswerAsync(JsonNode request, CancellationToken aborted)
    {
        var turn = TurnOf(request);
        await HoldAsync($"turn {turn}", aborted);
        if (turn == 3)
        {
            await AtTurnThree();
        }

        _answered.AddOrUpdate(turn, 1, static (_, count) => count + 1);
        return turn switch
        {
            1 => ModelReply.Call("tides__work", """{"n":1}"""),
            2 => ModelReply.Call("create_task", """{"action":"generation.simulated","input":{"latencyMs":100,"text":"child"}}"""),
            3 => ModelReply.Call("wait_for_tasks", "{}"),
            4 => ModelReply.Call("tides__work", """{"n":2}"""),
            5 => ModelReply.Call("tides__work", """{"n":3}"""),
            _ => ModelReply.Call("finish", new JsonObject { ["report"] = string.Join("; ", request["messages"]!.AsArray().Select(TextOf).Where(static text => text.StartsWith("tide", StringComparison.Ordinal))) }.ToJsonString()),
        };
    }

    private async Task HoldAsync(string place, CancellationToken aborted)
    {
        if (Held.Contains(place) && _held.TryAdd(place, true))
        {
            while (Volatile.Read(ref _reached) is null)
            {
                await Task.Delay(5, aborted);
            }

            Interlocked.Exchange(ref _reached, null)!.TrySetResult(place);
            await Task.Delay(Timeout.Infinite, aborted);
        }
    }
}
