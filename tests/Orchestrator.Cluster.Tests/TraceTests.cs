using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Models;
using Orchestrator.TestKit.Otlp;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>A gateway and a silo that tell a collector what they do.</summary>
public sealed class TraceTests
{
    private const string Gateway = "orchestrator-gateway";
    private const string Silo = "the-silo";
    private const string Key = "sk-canary-of-the-key";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [PostgresFact]
    public async Task Trace_OfAClient_GoesOnThroughGatewayTurnAttemptAndModel()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var collector = await OtlpCollector.StartAsync();
        await using var model = await ModelEndpoint.StartAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString, collector.Settings));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, [
            .. collector.Settings, ("OTEL_SERVICE_NAME", Silo), ("Logging:Console:FormatterName", "json"),
            ("Providers:openai:BaseUrl", model.BaseUrl), ("OPENAI_API_KEY", Key), ("Generation:Model", "openai/m")]));
        var api = new Api(gateway);
        var traces = new TraceReader(collector);
        var good = await TraceReader.SubmitAsync(gateway, "4bf92f3577b34da6a3ce929d0e0e4736", """{"action": "generation.text", "input": {"prompt": "canary of the prompt"}}""");
        var bad = await TraceReader.SubmitAsync(gateway, "5bf92f3577b34da6a3ce929d0e0e4736", """{"action": "generation.simulated", "input": {"errorRate": 1}, "maxAttempts": 1}""");
        Assert.Equal("completed", (await api.WaitForEndAsync(good, Limit))["status"]!.GetValue<string>());
        Assert.Equal("failed", (await api.WaitForEndAsync(bad, Limit))["status"]!.GetValue<string>());

        var call = await traces.FindAsync(Silo, "4bf92f3577b34da6a3ce929d0e0e4736", "chat m");
        var attempt = await traces.FindAsync(Silo, call.TraceId, "attempt generation.text");
        var turn = await traces.FindAsync(Silo, call.TraceId, "turn");
        var submission = await traces.FindAsync(Gateway, call.TraceId, "submit generation.text");
        var request = await traces.FindAsync(span => span.SpanId == submission.ParentId, $"the request around {submission}");
        Assert.Equal((attempt.SpanId, submission.SpanId, submission.SpanId, TraceReader.ClientSpan), (call.ParentId, attempt.ParentId, turn.ParentId, request.ParentId));
        Assert.Equal([turn.SpanId], attempt.Links);
        Assert.Equal(("default", good.ToString(), "completed"), (attempt.Attributes["orchestrator.workspace"], attempt.Attributes["orchestrator.task.id"], attempt.Attributes["orchestrator.outcome"]));
        Assert.Equal(("chat", "openai", "m", "100", "7"), (call.Attributes["gen_ai.operation.name"], call.Attributes["gen_ai.provider.name"], call.Attributes["gen_ai.request.model"], call.Attributes["gen_ai.usage.input_tokens"], call.Attributes["gen_ai.usage.output_tokens"]));
        Assert.Equal("/api/v1/workspaces/default/tasks", request.Attributes["url.path"]);

        var failed = await traces.FindAsync(Silo, "5bf92f3577b34da6a3ce929d0e0e4736", "attempt generation.simulated");
        Assert.True(failed.IsError);
        await AssertLogAsync(collector, failed.TraceId, bad);
        await TraceReader.AssertFailureIsLoggedAsync(silo, failed.TraceId, bad);
        await AssertMetricsAsync(collector);
        Assert.DoesNotContain(collector.Spans, span => span.Attributes.Values.Append(span.Name).Any(value => value.Contains("canary", StringComparison.Ordinal)));
        Assert.DoesNotContain(collector.Spans, span => span.Attributes.GetValueOrDefault("url.path")?.StartsWith("/health", StringComparison.Ordinal) == true);
        Assert.Equal(["of-the-collector"], collector.Keys);
    }

    [PostgresFact]
    public async Task Trace_ThatNobodyExports_GoesOnToWhatTheTaskCalls()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));

        await TraceReader.SubmitAsync(gateway, "4bf92f3577b34da6a3ce929d0e0e4736", """{"action": "remote.work"}""");
        await TraceReader.SubmitAsync(gateway, null, """{"action": "remote.work"}""");
        var leases = await new Api(gateway).SendAsync(HttpMethod.Post, "leases", new JsonObject { ["actions"] = new JsonArray("remote.work"), ["slots"] = 2, ["waitMs"] = 5_000 }, HttpStatusCode.OK);

        var parents = leases["leases"]!.AsArray().Select(lease => lease!["traceParent"]?.GetValue<string>()).ToList();
        Assert.Equal(2, parents.Count);
        Assert.StartsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-", Assert.Single(parents.OfType<string>()), StringComparison.Ordinal);
    }

    private static async Task AssertLogAsync(OtlpCollector collector, string traceId, Guid task)
    {
        ReceivedLog? sent = null;
        await Eventually.TrueAsync(
            () => Task.FromResult((sent = collector.Logs.FirstOrDefault(log => log.TraceId == traceId && log.Body.Contains("has failed", StringComparison.Ordinal))) is not null),
            Limit,
            () => string.Join('\n', collector.Logs));
        Assert.Equal((Silo, task.ToString(), "default"), (sent!.Service, sent.Attributes["TaskId"], sent.Attributes["Workspace"]));
    }

    private static Task AssertMetricsAsync(OtlpCollector collector)
    {
        (string Service, string Name)[] expected = [(Silo, "orchestrator_task_duration_seconds"), (Gateway, "orchestrator_slots_demanded"), (Gateway, "http.server.request.duration")];
        return Eventually.TrueAsync(
            () => Task.FromResult(expected.All(collector.Metrics.ContainsKey)), Limit, () => string.Join('\n', collector.Metrics.Keys));
    }
}
