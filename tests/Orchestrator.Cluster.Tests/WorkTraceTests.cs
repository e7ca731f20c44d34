using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.TestKit.Models;
using Orchestrator.TestKit.Otlp;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;
using Orchestrator.TestKit.Webhooks;

namespace Orchestrator.Cluster.Tests;

/// <summary>One trace holds over all that a piece of work leads to: tools, children, steps, webhooks, and a second silo once the first has died.</summary>
public sealed class WorkTraceTests : IAsyncLifetime
{
    private const string Gateway = "orchestrator-gateway";
    private const string First = "first";
    private const string Second = "second";
    private const string AgentTrace = "1bf92f3577b34da6a3ce929d0e0e4736";
    private const string PoolTrace = "2bf92f3577b34da6a3ce929d0e0e4736";
    private const string RunTrace = "3bf92f3577b34da6a3ce929d0e0e4736";
    private const string LostTrace = "6bf92f3577b34da6a3ce929d0e0e4736";
    private const string Script = """
        import orchestrator_worker as worker

        worker.run({"test.book": lambda task: [child.result for child in task.wait_for(task.delegate([{"action": "generation.simulated", "input": {}}]))]})
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly SqliteFolder _folder = new();
    private IsolatedSchema _schema = null!;
    private OtlpCollector _collector = null!;
    private ModelEndpoint _model = null!;
    private WebhookReceiver _receiver = null!;
    private ServiceProcess _gateway = null!;
    private ServiceProcess _silo = null!;
    private Api _api = null!;
    private TraceReader _traces = null!;

    public async Task InitializeAsync()
    {
        _schema = await IsolatedSchema.CreateAsync();
        _collector = await OtlpCollector.StartAsync();
        _model = await ModelEndpoint.StartAsync();
        _receiver = await WebhookReceiver.StartAsync();
        _gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(
            _schema.ConnectionString, [.. _collector.Settings, ("Webhooks:AllowPrivateAddresses", "true")]));
        _silo = await StartSiloAsync(First);
        _api = new Api(_gateway);
        _traces = new TraceReader(_collector);
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _gateway.DisposeAsync();
        await _receiver.DisposeAsync();
        await _model.DisposeAsync();
        await _collector.DisposeAsync();
        await _schema.DisposeAsync();
        _folder.Dispose();
    }

    [PostgresAndPythonFact]
    public async Task Trace_OfWorkThatLeadsToMore_HoldsOverToolsChildrenStepsWebhooksAndALostSilo()
    {
        await _api.CreateWebhookAsync(_receiver.Url, "a secret of sixteen", "task.completed");
        await AssertAgentAsync();
        await AssertPoolAsync();
        await AssertRunAsync();
        await AssertLostSiloAsync();
        Assert.DoesNotContain(_collector.Spans, span => span.Attributes.Values.Any(value => value.Contains("key=k", StringComparison.Ordinal)));
    }

    private async Task CompletesAsync(Guid id)
    {
        var task = await _api.WaitForEndAsync(id, Limit);
        Assert.True(task["status"]!.GetValue<string>() == "completed", task.ToJsonString());
    }

    /// <summary>A model asks for a child, waits for it, and finishes in another attempt: its calls and tools stand in their attempts, the child below the tool.</summary>
    private async Task AssertAgentAsync()
    {
        _model.OnRequest = (request, _) => Task.FromResult(request["messages"]!.AsArray().Count(message => message!["role"]!.GetValue<string>() == "assistant") switch
        {
            0 => ModelReply.Call("create_task", """{"action":"generation.simulated","input":{"latencyMs":100}}"""),
            1 => ModelReply.Call("wait_for_tasks", "{}"),
            _ => ModelReply.Call("finish", """{"report":"done"}"""),
        });
        await _api.SendAsync(HttpMethod.Put, "agents/sailor", Sailor, HttpStatusCode.Created);
        var id = await TraceReader.SubmitAsync(_gateway, AgentTrace, """{"action": "agent.sailor", "input": {"prompt": "Sail."}}""");
        await CompletesAsync(id);
        var child = Assert.Single(await _api.ListTasksAsync("default"), task => task["parentId"]?.GetValue<Guid>() == id)["id"]!.GetValue<Guid>();

        var submitted = await _traces.FindAsync(Gateway, AgentTrace, "submit agent.sailor");
        var create = await _traces.FindAsync(First, AgentTrace, "execute_tool create_task");
        var begun = await _traces.FindParentAsync(create);
        var finish = await _traces.FindAsync(First, AgentTrace, "execute_tool finish");
        var ended = await _traces.FindParentAsync(finish);
        Assert.Equal(("execute_tool", "create_task", "call_0"), (create.Attributes["gen_ai.operation.name"], create.Attributes["gen_ai.tool.name"], create.Attributes["gen_ai.tool.call.id"]));
        Assert.Equal(("attempt agent.sailor", "attempt agent.sailor"), (begun.Name, ended.Name));
        Assert.Equal((submitted.SpanId, submitted.SpanId), (begun.ParentId, ended.ParentId));
        Assert.Equal(("waiting", "completed"), (begun.Attributes["orchestrator.outcome"], ended.Attributes["orchestrator.outcome"]));
        var calls = _collector.Spans.Where(span => span.Name == "chat m").ToList();
        Assert.Equal([begun.SpanId, begun.SpanId, ended.SpanId], calls.Select(call => call.ParentId));
        Assert.All(calls, call => Assert.Equal(
            (AgentTrace, "chat", "stub", "100"), (call.TraceId, call.Attributes["gen_ai.operation.name"], call.Attributes["gen_ai.provider.name"], call.Attributes["gen_ai.usage.input_tokens"])));

        var childAttempt = await _traces.FindAttemptAsync(First, child);
        var childSubmitted = await _traces.FindParentAsync(childAttempt);
        Assert.Equal((AgentTrace, create.SpanId, "submit generation.simulated"), (childAttempt.TraceId, childSubmitted.ParentId, childSubmitted.Name));

        var delivery = await _traces.FindAsync(span => span.Name == "deliver task.completed" && span.ParentId == submitted.SpanId, "delivery of its end");
        Assert.Equal((AgentTrace, "127.0.0.1", "204"), (delivery.TraceId, delivery.Attributes["server.address"], delivery.Attributes["http.response.status_code"]));
    }

    /// <summary>A child that a worker process asks for through its pipe.</summary>
    private async Task AssertPoolAsync()
    {
        var id = await TraceReader.SubmitAsync(_gateway, PoolTrace, """{"action": "test.book"}""");
        await CompletesAsync(id);

        var child = await _traces.FindAsync(First, PoolTrace, "attempt generation.simulated");
        var submitted = await _traces.FindParentAsync(child);
        var parent = await _traces.FindParentAsync(submitted);
        Assert.Equal((id.ToString(), "test.book"), (parent.Attributes["orchestrator.task.id"], parent.Attributes["orchestrator.action"]));
    }

    /// <summary>Steps of a run and of a run in it.</summary>
    private async Task AssertRunAsync()
    {
        await _api.PublishAsync("{ owner: acme, name: inner, version: '1', steps: [{ id: deep, action: generation.simulated, input: {} }] }");
        await _api.PublishAsync("{ owner: acme, name: outer, version: '1', steps: [{ id: shallow, action: generation.simulated, input: {} }, { id: sub, needs: [shallow], run: acme/inner@1 }] }");
        var run = (await TraceReader.PostAsync(_gateway, "definitions/acme/outer/runs", RunTrace, "{}"))["id"]!.GetValue<Guid>();
        Assert.Equal("completed", (await _api.WaitForRunAsync(run, Limit))["status"]!.GetValue<string>());

        var start = await _traces.FindAsync(Gateway, RunTrace, "start run");
        Assert.Equal(run.ToString(), start.Attributes["orchestrator.run.id"]);
        foreach (var step in (string[])["shallow", "deep"])
        {
            var attempt = await _traces.FindAsync(span => span.TraceId == RunTrace && span.Attributes.GetValueOrDefault("orchestrator.step") == step, $"attempt of {step}");
            Assert.Equal((start.SpanId, step == "shallow"), (attempt.ParentId, attempt.Attributes["orchestrator.run.id"] == run.ToString()));
        }
    }

    /// <summary>What a silo takes with it when it is killed is its own span: the next attempt stands where the first would have.</summary>
    private async Task AssertLostSiloAsync()
    {
        var id = await TraceReader.SubmitAsync(_gateway, LostTrace, """{"action": "generation.simulated", "input": {"latencyMs": 1500}}""");
        await _api.WaitForStateAsync(id, "processing", Limit);
        await _silo.KillAsync();
        await _silo.DisposeAsync();
        _silo = await StartSiloAsync(Second);
        await CompletesAsync(id);

        var attempt = await _traces.FindAttemptAsync(Second, id, attempt: 2);
        var submitted = await _traces.FindAsync(Gateway, LostTrace, "submit generation.simulated");
        Assert.Equal((LostTrace, submitted.SpanId), (attempt.TraceId, attempt.ParentId));
    }

    private Task<ServiceProcess> StartSiloAsync(string name) => ServiceProcess.StartSiloAsync(Settings.OnPostgres(_schema.ConnectionString, [
        .. _collector.Settings, ("OTEL_SERVICE_NAME", name), ("Webhooks:AllowPrivateAddresses", "true"), ("Providers:stub:BaseUrl", _model.BaseUrl),
        ("ORCHESTRATOR_CONFIG", PythonPool.Write(_folder.Path, Script, "test.book"))]));

    private static JsonObject Sailor => new()
    {
        ["instructions"] = "You know the sea.",
        ["model"] = "stub/m",
        ["tools"] = new JsonArray("create_task", "wait_for_tasks"),
        ["outputSchema"] = JsonNode.Parse("""{"type":"object","required":["report"],"properties":{"report":{"type":"string"}},"additionalProperties":false}"""),
    };
}
