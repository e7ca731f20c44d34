using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>A provider that fails, hangs and heals, called by worker processes of three silos, one of which is killed while it probes.</summary>
[Collection(TimedGroup.Name)]
public sealed class CircuitTests
{
    private const int Tasks = 60;
    private const string Ill = "ill";
    private const string Well = "well";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The provider's health stands in a file; every call is noted with the silo that made it.</summary>
    private const string Script = """
        import os, pathlib, time
        import orchestrator_worker as worker

        folder = pathlib.Path(os.environ["STUB"])

        def call(task):
            health = (folder / "health").read_text()
            with open(folder / "calls", "a") as calls:
                calls.write(f"{health} {os.environ['SILO']}\n")
            if health == "hangs":
                time.sleep(60)
            time.sleep(0.02)
            if health == "fails":
                raise worker.WorkerError("provider_error", "503")
            return 1

        worker.run({"test.call": call})
        """;

    [PostgresAndPythonFact]
    public async Task Provider_FailsAndHeals_IsProbedByOneAtATimeAndNoTaskFails()
    {
        using var folder = new SqliteFolder();
        SetHealth(folder, "fails");
        File.WriteAllText(Path.Combine(folder.Path, "call.py"), Script);
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var first = await StartSiloAsync(schema, folder, "first");
        await using var second = await StartSiloAsync(schema, folder, "second");
        await using var third = await StartSiloAsync(schema, folder, "third");
        var silos = new Dictionary<string, ServiceProcess> { ["first"] = first, ["second"] = second, ["third"] = third };
        var api = new Api(gateway);
        await api.CreateWorkspaceAsync(Ill);
        await api.CreateWorkspaceAsync(Well);
        await api.SetFusesAsync(Ill, new JsonObject { ["circuitBreaker"] = new JsonObject { ["openSeconds"] = 1 } });

        await api.SubmitAsync(Ill, [.. Enumerable.Range(0, Tasks).Select(_ => new JsonObject { ["action"] = "test.call", ["maxAttempts"] = 10 })]);
        await Eventually.TrueAsync(async () => await FindPauseAsync(api) > TimeSpan.FromSeconds(1), Limit, () => "No probe has failed.");
        await api.SubmitSimulatedAsync(Well, Tasks, latencyMs: 20);
        await api.WaitForCountAsync("completed", Tasks, Limit);

        SetHealth(folder, "hangs");
        await Eventually.TrueAsync(() => Task.FromResult(Calls(folder)[^1].StartsWith("hangs", StringComparison.Ordinal)), Limit, () => "No probe hangs.");
        await silos[Calls(folder)[^1].Split(' ')[1]].KillAsync();
        SetHealth(folder, "serves");
        await api.WaitForCountAsync("completed", 2 * Tasks, Limit);

        Assert.Single(Calls(folder), call => call.StartsWith("hangs", StringComparison.Ordinal));
        Assert.All(await api.ListTasksAsync(Well), task => Assert.Equal(1, task["attempt"]!.GetValue<int>()));
        var (opened, closed) = await FindOutageAsync(api);
        await AssertOneProbeAtATimeAsync(api, opened, closed);
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PostgresAndPythonFactAttribute : FactAttribute
    {
        public PostgresAndPythonFactAttribute() => Skip = TestRequirements.PostgresSkipReason ?? TestRequirements.PythonSkipReason;
    }

    /// <summary>What started before the circuit opened is five and what was on its way; after that nothing starts while a probe runs.</summary>
    private static async Task AssertOneProbeAtATimeAsync(Api api, DateTimeOffset opened, DateTimeOffset closed)
    {
        var attempts = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        foreach (var task in await api.ListTasksAsync(Ill))
        {
            Assert.Equal("completed", task["status"]!.GetValue<string>());
            var events = await api.GetEventsAsync(task["id"]!.GetValue<Guid>());
            for (var i = 0; i < events.Count - 1; i++)
            {
                if (events[i]["type"]!.GetValue<string>() == "task.processing")
                {
                    attempts.Add((events[i]["at"]!.GetValue<DateTimeOffset>(), events[i + 1]["at"]!.GetValue<DateTimeOffset>()));
                }
            }
        }

        // In each of three silos one may run.
        Assert.InRange(attempts.Count(attempt => attempt.Start < opened), 5, 5 + 2);
        var probes = attempts.Where(attempt => attempt.Start >= opened && attempt.Start < closed).OrderBy(attempt => attempt.Start).ToList();
        Assert.InRange(probes.Count, 3, 1 + (int)(closed - opened).TotalSeconds);
        Assert.All(probes.Zip(probes.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair.First} and {pair.Second} probed at the same time."));
        Assert.Equal(Tasks - 1, attempts.Count(attempt => attempt.Start >= closed));
    }

    private static async Task<(DateTimeOffset Opened, DateTimeOffset Closed)> FindOutageAsync(Api api)
    {
        var events = await api.GetWorkspaceEventsAsync(Ill);
        Assert.Equal(["fuse.tripped", "fuse.reset"], events.Select(entry => entry["type"]!.GetValue<string>()));
        return (events[0]["at"]!.GetValue<DateTimeOffset>(), events[1]["at"]!.GetValue<DateTimeOffset>());
    }

    /// <summary>How long the circuit is open for; it grows with every probe that fails.</summary>
    private static async Task<TimeSpan?> FindPauseAsync(Api api)
    {
        var circuit = (await api.GetWorkspaceAsync(Ill))["fuseStates"]!["circuitBreaker"]!["circuits"]!.AsArray().SingleOrDefault();
        return circuit?["nextProbeAt"]?.GetValue<DateTimeOffset>() - circuit?["since"]?.GetValue<DateTimeOffset>();
    }

    private static string[] Calls(SqliteFolder folder) =>
        Path.Combine(folder.Path, "calls") is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    private static void SetHealth(SqliteFolder folder, string health)
    {
        var file = Path.Combine(folder.Path, "health");
        File.WriteAllText($"{file}.new", health);
        File.Move($"{file}.new", file, overwrite: true);
    }

    private static Task<ServiceProcess> StartSiloAsync(IsolatedSchema schema, SqliteFolder folder, string name)
    {
        var pool = new JsonObject
        {
            ["poolSize"] = 1,
            ["maxTaskRetries"] = 5,
            ["workers"] = new JsonArray(new JsonObject
            {
                ["command"] = "python3",
                ["args"] = new JsonArray("-B", "call.py"),
                ["env"] = new JsonObject { ["PYTHONPATH"] = "{appDir}/workers/python", ["SILO"] = name, ["STUB"] = folder.Path },
                ["actions"] = new JsonArray("test.call"),
            }),
        };
        var file = Path.Combine(folder.Path, $"{name}.json");
        File.WriteAllText(file, pool.ToJsonString());
        return ServiceProcess.StartSiloAsync(Settings.OnPostgres(
            schema.ConnectionString, ("Silo:Name", name), ("ORCHESTRATOR_CONFIG", file), ("Actions:test.call:Provider", "stub"), ("Actions:test.call:Concurrency", "1"), ("Retries:BaseDelay", "2s")));
    }
}
