using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Client;
using Orchestrator.Client.Workers;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Otlp;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Attempts of remote workers in the traces of their tasks, on two gateways.</summary>
public sealed class RemoteTraceTests : IAsyncLifetime
{
    private const string Gateway = "orchestrator-gateway";
    private const string Script = """
        import sys
        import orchestrator_remote as remote

        remote.Worker([sys.argv[1]], {"test.python": lambda task: task.traceparent}, wait=5).run()
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private IsolatedSchema _schema = null!;
    private OtlpCollector _collector = null!;
    private ServiceProcess _gateway = null!;
    private ServiceProcess _other = null!;
    private Api _api = null!;
    private TraceReader _traces = null!;

    public async Task InitializeAsync()
    {
        _schema = await IsolatedSchema.CreateAsync();
        _collector = await OtlpCollector.StartAsync();
        var starting = ServiceProcess.StartGatewayAsync(Settings.OnPostgres(_schema.ConnectionString, ("Silo:Name", "other")));
        _gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(_schema.ConnectionString, [
            .. _collector.Settings, ("Silo:Name", "one"), ("Logging:Console:FormatterName", "json")]));
        _other = await starting;
        _api = new Api(_gateway);
        _traces = new TraceReader(_collector);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _gateway.DisposeAsync();
        await _collector.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [PostgresAndPythonFact]
    public async Task Attempt_OfARemoteWorker_IsASpanFromItsLeaseToItsEndThatItsWorkIsBelow()
    {
        await AssertEndsAsync();
        await AssertWorkersAsync();

        var open = await LeaseAsync("acf92f3577b34da6a3ce929d0e0e4736");
        _gateway.Terminate();
        await _gateway.WaitForExitAsync(Limit);
        await FindAsync(open, "left", null);
    }

    /// <summary>Ends of all kinds, told here, told to another gateway, or not at all.</summary>
    private async Task AssertEndsAsync()
    {
        var told = await LeaseAsync("1cf92f3577b34da6a3ce929d0e0e4736");
        await SettleAsync(_api, told, "complete", new JsonObject { ["result"] = 1 }, HttpStatusCode.OK);
        var failed = await LeaseAsync("2cf92f3577b34da6a3ce929d0e0e4736");
        await SettleAsync(_api, failed, "fail", new JsonObject { ["code"] = "provider_error", ["message"] = "down", ["retryable"] = false }, HttpStatusCode.OK);
        var cancelled = await LeaseAsync("3cf92f3577b34da6a3ce929d0e0e4736");
        await _api.SendAsync(HttpMethod.Post, $"tasks/{cancelled.Task}/cancel", new JsonObject(), HttpStatusCode.OK);
        await SettleAsync(_api, cancelled, "complete", new JsonObject { ["result"] = 1 }, HttpStatusCode.Conflict);
        var silent = await LeaseAsync("6cf92f3577b34da6a3ce929d0e0e4736");
        var elsewhere = await LeaseAsync("7cf92f3577b34da6a3ce929d0e0e4736");
        await SettleAsync(new Api(_other), elsewhere, "complete", new JsonObject { ["result"] = 1 }, HttpStatusCode.OK);

        var attempt = await FindAsync(told, "completed", null);
        var turn = await _traces.FindAsync(Gateway, told.TraceId, "turn");
        Assert.Equal([turn.SpanId], attempt.Links);
        Assert.Equal("one remote workers", turn.Attributes["orchestrator.silo"]);
        Assert.Equal(
            ("test.hand", "default", "1", true),
            (attempt.Attributes["orchestrator.action"], attempt.Attributes["orchestrator.workspace"], attempt.Attributes["orchestrator.attempt"], attempt.Attributes.ContainsKey("orchestrator.queue.seconds")));
        await FindAsync(failed, "failed", "provider_error");
        await TraceReader.AssertFailureIsLoggedAsync(_gateway, failed.TraceId, failed.Task);
        await FindAsync(cancelled, "lease_lost", "lease_lost");
        await FindAsync(silent, "failed", "heartbeat_missed");
        var late = await FindAsync(elsewhere, "completed", null);
        Assert.True(late.Duration < Settings.Lease, $"It did not end with its result, but after {late.Duration}.");
    }

    /// <summary>What workers do goes on with the trace, and so does the request that ends the attempt.</summary>
    private async Task AssertWorkersAsync()
    {
        using var stop = new CancellationTokenSource();
        using var client = new OrchestratorClient(new OrchestratorClientOptions { BaseAddress = _gateway.Client.BaseAddress! });
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var python = HelperProcess.Start(
            "python3", ["-B", "-c", Script, _gateway.Client.BaseAddress!.ToString()], RepositoryFolder.Combine("deploy", "workers", "remote-python"));
        var working = new RemoteWorker(client, new RemoteWorkerOptions { Actions = ["test.dotnet"], Poll = TimeSpan.FromSeconds(1) }, RemoteHandlers.Of<int, string>(static (_, _, _) => Task.FromResult(Activity.Current!.Id!)))
            .RunAsync(stop.Token);

        var inPython = await EndAsync("8cf92f3577b34da6a3ce929d0e0e4736", "test.python");
        var inDotnet = await EndAsync("9cf92f3577b34da6a3ce929d0e0e4736", "test.dotnet");
        await stop.CancelAsync();
        await working;

        Assert.Equal($"00-{inPython.Attempt.TraceId}-{inPython.Attempt.SpanId}-01", inPython.Result);
        var work = Assert.Single(spans);
        Assert.Equal(("work test.dotnet", inDotnet.Attempt.SpanId, inDotnet.Result), (work.DisplayName, work.ParentSpanId.ToHexString(), work.Id));
        await _traces.FindAsync(Gateway, inDotnet.Attempt.TraceId, "POST /api/v1/leases/{token}/complete");
        Assert.Equal(inPython.Attempt.SpanId, (await _traces.FindAsync(Gateway, inPython.Attempt.TraceId, "POST /api/v1/leases/{token}/complete")).ParentId);
        Assert.All(
            _collector.Spans.Where(span => span.Name.Contains("{token}", StringComparison.Ordinal)),
            span => Assert.Contains("{token}", span.Attributes["url.path"], StringComparison.Ordinal));
    }

    private async Task<Held> LeaseAsync(string traceId)
    {
        var id = await TraceReader.SubmitAsync(_gateway, traceId, """{"action": "test.hand", "maxAttempts": 1}""");
        var answer = await _api.SendAsync(
            HttpMethod.Post, "leases", new JsonObject { ["actions"] = new JsonArray("test.hand"), ["waitMs"] = 5_000 }, HttpStatusCode.OK);
        var lease = answer["leases"]!.AsArray().Single()!;
        Assert.Equal(id, lease["task"]!["id"]!.GetValue<Guid>());
        return new Held(id, lease["token"]!.GetValue<string>(), traceId, lease["traceParent"]!.GetValue<string>());
    }

    private static async Task SettleAsync(Api api, Held held, string end, JsonObject body, HttpStatusCode expected)
    {
        var status = await api.TrySendAsync(HttpMethod.Post, $"leases/{held.Token}/{end}", body);
        Assert.Equal(expected, status);
    }

    /// <summary>Waits for the span that the worker was told of, below that of its submission.</summary>
    private async Task<ReceivedSpan> FindAsync(Held held, string outcome, string? error)
    {
        var attempt = await _traces.FindAttemptAsync(Gateway, held.Task);
        var submitted = await _traces.FindAsync(Gateway, held.TraceId, "submit test.hand");
        Assert.Equal(("attempt test.hand", $"00-{held.TraceId}-{attempt.SpanId}-01", submitted.SpanId), (attempt.Name, held.TraceParent, attempt.ParentId));
        Assert.Equal((outcome, error, error is not null), (attempt.Attributes["orchestrator.outcome"], attempt.Attributes.GetValueOrDefault("error.type"), attempt.IsError));
        return attempt;
    }

    private async Task<(ReceivedSpan Attempt, string Result)> EndAsync(string traceId, string action)
    {
        var id = await TraceReader.SubmitAsync(_gateway, traceId, new JsonObject { ["action"] = action, ["input"] = 1 }.ToJsonString());
        var task = await _api.WaitForEndAsync(id, Limit);
        Assert.True(task["status"]!.GetValue<string>() == "completed", task.ToJsonString());
        return (await _traces.FindAttemptAsync(Gateway, id), task["result"]!.GetValue<string>());
    }

    private sealed record Held(Guid Task, string Token, string TraceId, string TraceParent);
}
