using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>Tasks that wait for a person while every process is killed and started again.</summary>
public sealed class ApprovalTests
{
    private const string Workspace = "narrow";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private const string Script = """
        import orchestrator_worker as worker

        def publish(task):
            decision = task.ask("Publish?", details={"text": "draft"}, timeout=task.input.get("timeout"))
            return {"decision": decision.decision, "edits": decision.edits, "comment": decision.comment}

        worker.run({"test.publish": publish})
        """;

    [PostgresAndPythonFact]
    public async Task Question_KilledWithEverything_HoldsNoSlotAndGoesOnWithTheDecision()
    {
        using var folder = new SqliteFolder();
        await using var schema = await IsolatedSchema.CreateAsync();
        var gatewaySettings = Settings.OnPostgres(schema.ConnectionString, ("Silo:Embedded", "false"));
        var siloSettings = Settings.OnPostgres(
            schema.ConnectionString, ("ORCHESTRATOR_CONFIG", PythonPool.Write(folder.Path, Script, "test.publish")), ("Silo:Slots", "1"), ("Silo:ReservedSlots", "0"));
        Guid asking;
        await using (var gateway = await ServiceProcess.StartGatewayAsync(gatewaySettings))
        await using (var silo = await ServiceProcess.StartSiloAsync(siloSettings))
        {
            var api = new Api(gateway);
            await api.CreateSerialWorkspaceAsync(Workspace);
            asking = await AskAsync(api, new JsonObject());
            await CompleteAnotherAsync(api);
            await silo.KillAsync();
            await gateway.KillAsync();
        }

        await using var gatewayAgain = await ServiceProcess.StartGatewayAsync(gatewaySettings);
        await using var siloAgain = await ServiceProcess.StartSiloAsync(siloSettings);
        var after = new Api(gatewayAgain);
        Assert.Equal(("waiting", "approval"), await StateAsync(after, asking));
        await CompleteAnotherAsync(after);
        await after.ApproveAsync(asking, new JsonObject { ["decision"] = "approve", ["edits"] = new JsonObject { ["text"] = "final" }, ["comment"] = "Good." });

        var ended = await after.GetTaskAsync(asking, waitSeconds: 30);
        Assert.Equal("""{"decision":"approve","edits":{"text":"final"},"comment":"Good."}""", ended["result"]!.ToJsonString());
        Assert.Equal(1, ended["attempt"]!.GetValue<int>());
        await AssertSoundAsync(schema.ConnectionString);
    }

    [PostgresAndPythonFact]
    public async Task Question_KilledWithEverything_ExpiresInItsTimeWithNobodyTouchingIt()
    {
        using var folder = new SqliteFolder();
        await using var schema = await IsolatedSchema.CreateAsync();
        var pool = PythonPool.Write(folder.Path, Script, "test.publish");
        var siloSettings = Settings.OnPostgres(schema.ConnectionString, ("ORCHESTRATOR_CONFIG", pool));
        Guid asking;
        await using (var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Embedded", "false"))))
        await using (var silo = await ServiceProcess.StartSiloAsync(siloSettings))
        {
            var api = new Api(gateway);
            await api.CreateSerialWorkspaceAsync(Workspace);
            asking = await AskAsync(api, new JsonObject { ["timeout"] = 4 });
            await silo.KillAsync();
            await gateway.KillAsync();
        }

        // A silo alone; the test looks past it into the store.
        await using var siloAgain = await ServiceProcess.StartSiloAsync(siloSettings);
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        await Eventually.TrueAsync(
            async () => (await store.Tasks.FindAsync(asking, CancellationToken.None))!.FinishedAt is not null, Limit, () => "The question did not expire.");

        var task = (await store.Tasks.FindAsync(asking, CancellationToken.None))!;
        Assert.Equal("expired", JsonNode.Parse(task.Result!.Value.Span)!["decision"]!.GetValue<string>());
        Assert.Equal(1, task.Attempt);
        await AssertSoundAsync(schema.ConnectionString);
    }

    [PostgresAndPythonFact]
    public async Task Question_OfAnEmbeddedSilo_OutlivesItsProcess()
    {
        using var folder = new SqliteFolder();
        var settings = Settings.OnSqlite(folder.Path, ("ORCHESTRATOR_CONFIG", PythonPool.Write(folder.Path, Script, "test.publish")));
        Guid decided;
        Guid expiring;
        await using (var gateway = await ServiceProcess.StartGatewayAsync(settings))
        {
            var api = new Api(gateway);
            await api.CreateSerialWorkspaceAsync(Workspace);
            decided = await AskAsync(api, new JsonObject());
            expiring = await AskAsync(api, new JsonObject { ["timeout"] = 3 });
            await gateway.KillAsync();
        }

        await using var again = await ServiceProcess.StartGatewayAsync(settings);
        var after = new Api(again);
        Assert.Equal("expired", (await after.GetTaskAsync(expiring, waitSeconds: 30))["result"]!["decision"]!.GetValue<string>());
        Assert.Equal(("waiting", "approval"), await StateAsync(after, decided));
        await after.ApproveAsync(decided, new JsonObject { ["decision"] = "reject" });
        Assert.Equal("reject", (await after.GetTaskAsync(decided, waitSeconds: 30))["result"]!["decision"]!.GetValue<string>());
    }

    /// <summary>A task that waits for a person by now.</summary>
    private static async Task<Guid> AskAsync(Api api, JsonObject input)
    {
        var id = Assert.Single(await api.SubmitAsync(Workspace, [new JsonObject { ["action"] = "test.publish", ["input"] = input, ["maxAttempts"] = 1 }]));
        await Eventually.TrueAsync(async () => await StateAsync(api, id) == ("waiting", "approval"), Limit, () => "It asked nobody.");
        return id;
    }

    /// <summary>Another task of the workspace runs, whose only place the question must not hold.</summary>
    private static async Task CompleteAnotherAsync(Api api)
    {
        var other = Assert.Single(await api.SubmitSimulatedAsync(Workspace, 1, latencyMs: 1));
        Assert.Equal("completed", (await api.GetTaskAsync(other, waitSeconds: 30))["status"]!.GetValue<string>());
    }

    private static async Task<(string?, string?)> StateAsync(Api api, Guid id)
    {
        var task = await api.GetTaskAsync(id);
        return (task["status"]?.GetValue<string>(), task["waitingFor"]?.GetValue<string>());
    }

    private static async Task AssertSoundAsync(string connectionString)
    {
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = connectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }
}
