using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Cluster.Tests;

/// <summary>A Python worker that speaks HTTP to two gateways, of which nobody is a silo.</summary>
public sealed class RemoteWorkerTests
{
    private const string Action = "sample.factor";
    private const long FirstNumber = 1_000_000_007;
    // A prime below the largest number that is taken: its work lasts for a second and more.
    private const long LongNumber = 999_999_999_999_989;
    private const int Long = 350;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresAndPythonFact]
    public async Task Kill_WorkerAndThenItsGatewayInTheMiddleOfAThousandTasks_AcceptsEachResultOnce()
    {
        const int count = 1_000;
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var doomed = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        var sleeper = await SubmitAsync(gateway, 0, 1);
        var late = (await PostAsync(gateway, "leases", new JsonObject { ["actions"] = new JsonArray(Action) }, HttpStatusCode.OK))!["leases"]![0]!["token"]!.GetValue<string>();
        var ids = (await SubmitAsync(gateway, 1, count - 1)).Prepend(sleeper[0]).ToList();

        await using (StartWorker(doomed, gateway))
        {
            await Eventually.TrueAsync(async () => (await api.GetTaskAsync(ids[Long]))["status"]!.GetValue<string>() == "processing", Limit, () => "The long task did not begin.");
        }

        Assert.InRange(await api.CountAsync("completed"), 1, count * 5 / 10);
        await using var worker = StartWorker(doomed, gateway);
        await api.WaitForCountAsync("completed", count * 6 / 10, Limit);
        await doomed.KillAsync();
        Assert.InRange(await api.CountAsync("completed"), count * 6 / 10, count - 1);
        await api.WaitForCountAsync("completed", count, Limit);

        var refused = await PostAsync(gateway, $"leases/{late}/complete", new JsonObject { ["result"] = "late" }, HttpStatusCode.Conflict);
        Assert.Equal("urn:orchestrator:problem:lease_lost", refused!["type"]!.GetValue<string>());
        var tasks = await api.ListTasksAsync("default");
        Assert.Equal(ids.Order(), tasks.Select(task => task["id"]!.GetValue<Guid>()).Order());
        Assert.True((await api.GetTaskAsync(ids[Long]))["attempt"]!.GetValue<int>() > 1, "The kill left no trace: the task that ran needed no second attempt.");
        for (var i = 0; i < count; i++)
        {
            var task = await api.GetTaskAsync(ids[i]);
            Assert.Equal(NumberOf(i), task["result"]!["factors"]!.AsArray().Select(factor => factor!.GetValue<long>()).Aggregate(1L, (product, factor) => product * factor));
        }

        Assert.Single(await api.GetEventsAsync(sleeper[0]), item => item["type"]!.GetValue<string>() == "task.completed");
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }

    [PostgresAndPythonFact]
    public async Task Restart_OnlyGateway_WorkerCarriesOn()
    {
        const int count = 200;
        await using var schema = await IsolatedSchema.CreateAsync();
        var first = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var url = first.Client.BaseAddress!.ToString();
        await SubmitAsync(first, 0, count);
        await using var worker = StartWorker(first);
        await new Api(first).WaitForCountAsync("completed", count / 10, Limit);
        await first.KillAsync();
        await first.DisposeAsync();

        await using var second = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString, ("ASPNETCORE_URLS", url)));
        await new Api(second).WaitForCountAsync("completed", count, Limit);

        Assert.Equal(count, await new Api(second).CountAsync("completed"));
    }

    [PythonFact]
    public async Task Cancel_TaskThatAWorkerRuns_StopsItsWorkAndFreesItsSlot()
    {
        const string script = """
            import sys, time
            import orchestrator_remote as remote

            def endless(task):
                while True:
                    task.check()
                    time.sleep(0.01)

            remote.Worker([sys.argv[1]], {"test.endless": endless, "test.quick": lambda task: 1 / task.input, "test.large": lambda task: "y" * 5_000_000}, slots=1, wait=5).run()
            """;
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));
        var api = new Api(gateway);
        await using var worker = HelperProcess.Start(
            "python3", ["-B", "-c", script, gateway.Client.BaseAddress!.ToString()], RepositoryFolder.Combine("deploy", "workers", "remote-python"));
        var endless = await SubmitOneAsync(gateway, "test.endless", 0);
        await api.WaitForCountAsync("processing", 1, Limit);

        await PostAsync(gateway, $"tasks/{endless}/cancel", new JsonObject(), HttpStatusCode.OK);
        var quick = await api.GetTaskAsync(await SubmitOneAsync(gateway, "test.quick", 2), waitSeconds: 30);
        var failing = await api.GetTaskAsync(await SubmitOneAsync(gateway, "test.quick", 0), waitSeconds: 30);
        var large = await api.GetTaskAsync(await SubmitOneAsync(gateway, "test.large", 0), waitSeconds: 30);

        Assert.Equal(0.5, quick["result"]!.GetValue<double>());
        Assert.Equal(("worker_error", "ZeroDivisionError: division by zero"), (failing["error"]!["code"]!.GetValue<string>(), failing["error"]!["message"]!.GetValue<string>()));
        Assert.Equal("invalid_output", large["error"]?["code"]?.GetValue<string>());
    }

    [PythonFact]
    public void Messages_AnswerFromBeforeTheyWereConsumed_AreNotHeardAgain()
    {
        const string script = """
            import sys, threading
            sys.path.insert(0, sys.argv[1])
            import orchestrator_remote as remote

            answered, released = threading.Event(), threading.Event()

            class Client:
                def post(self, path, body=None, seconds=0):
                    if body:
                        return {"cancelled": False, "expiresInMs": 9000, "messages": []}
                    answered.set()
                    released.wait()
                    return {"cancelled": False, "expiresInMs": 9000, "messages": [{"number": 1, "role": "user", "content": "one"}]}

            class Worker:
                client = Client()

            task = remote.Task(Worker, {"token": "t", "expiresInMs": 9000, "task": {"id": "i", "workspace": "w", "action": "a", "attempt": 1}})
            early = threading.Thread(target=task._beat_until, args=(float("inf"),))
            early.start()
            answered.wait()
            task.save({"turn": 1}, 1)
            released.set()
            early.join()
            sys.exit(len(task.messages))
            """;

        var ended = ProcessRunner.TryRun("python3", ["-B", "-c", script, RepositoryFolder.Combine("deploy", "workers", "remote-python")]);

        Assert.True(ended.ExitCode == 0, ended.Output);
    }

    [PythonFact]
    public async Task Work_UsageAndReportsThatNobodyTakes_EndAllTheSame()
    {
        const string script = """
            import sys
            import orchestrator_remote as remote

            def spend(task):
                task.progress(7.5, "beyond the end")
                task.progress(-1)
                task.progress(float("nan"))
                task.chunk(5)
                task.usage = {"inputTokens": task.input, "cost": 0.5}
                if task.input == 2:
                    raise remote.Failure("provider_error", "down", retryable=False)
                if task.input == 3:
                    task.usage = "much"
                return "done"

            remote.Worker([sys.argv[1]], {"test.spend": spend}, slots=1, wait=5).run()
            """;
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));
        var api = new Api(gateway);
        await using var worker = HelperProcess.Start(
            "python3", ["-B", "-c", script, gateway.Client.BaseAddress!.ToString()], RepositoryFolder.Combine("deploy", "workers", "remote-python"));

        var completed = await api.GetTaskAsync(await SubmitOneAsync(gateway, "test.spend", 1), waitSeconds: 30);
        var failed = await api.GetTaskAsync(await SubmitOneAsync(gateway, "test.spend", 2), waitSeconds: 30);
        var wrong = await api.GetTaskAsync(await SubmitOneAsync(gateway, "test.spend", 3), waitSeconds: 30);

        Assert.Equal(("done", 1, 0.5), (completed["result"]!.GetValue<string>(), completed["usage"]!["inputTokens"]!.GetValue<int>(), completed["usage"]!["cost"]!.GetValue<double>()));
        Assert.Equal(("provider_error", 2), (failed["error"]!["code"]!.GetValue<string>(), failed["usage"]!["inputTokens"]!.GetValue<int>()));
        Assert.Equal("invalid_output", wrong["error"]!["code"]!.GetValue<string>());
    }

    [PythonFact]
    public async Task Factor_PrimeWhoseLastReportIsBeyondItsRoot_Completes()
    {
        const long prime = 999_999_999_989;
        using var folder = new SqliteFolder();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnSqlite(folder.Path));
        await using var worker = StartWorker(gateway);

        var id = (await PostAsync(
            gateway, "workspaces/default/tasks", new JsonObject { ["action"] = Action, ["input"] = new JsonObject { ["number"] = prime } }, HttpStatusCode.Accepted))!["id"]!.GetValue<Guid>();
        var task = await new Api(gateway).GetTaskAsync(id, waitSeconds: 30);

        Assert.Equal((prime, 1), (task["result"]!["factors"]![0]!.GetValue<long>(), task["attempt"]!.GetValue<int>()));
    }

    private static async Task<Guid> SubmitOneAsync(ServiceProcess gateway, string action, int input) =>
        (await PostAsync(gateway, "workspaces/default/tasks", new JsonObject { ["action"] = action, ["input"] = input, ["maxAttempts"] = 1 }, HttpStatusCode.Accepted))!["id"]!.GetValue<Guid>();

    private static long NumberOf(int i) => i == Long ? LongNumber : FirstNumber + i;

    private static HelperProcess StartWorker(params ServiceProcess[] gateways) => HelperProcess.Start(
        "python3",
        ["-B", "factor_worker.py", "--slots", "8", .. gateways.Select(gateway => gateway.Client.BaseAddress!.ToString())],
        RepositoryFolder.Combine("deploy", "workers", "remote-python"));

    private static async Task<IReadOnlyList<Guid>> SubmitAsync(ServiceProcess gateway, int first, int count)
    {
        var tasks = Enumerable.Range(first, count).Select(i => new JsonObject
        {
            ["action"] = Action,
            ["maxAttempts"] = 10,
            ["input"] = new JsonObject { ["number"] = NumberOf(i) },
        });
        var answer = await PostAsync(gateway, "workspaces/default/tasks/batch", new JsonObject { ["tasks"] = new JsonArray([.. tasks]) }, HttpStatusCode.Accepted);
        return [.. answer!["ids"]!.AsArray().Select(id => id!.GetValue<Guid>())];
    }

    private static async Task<JsonNode?> PostAsync(ServiceProcess gateway, string path, JsonNode body, HttpStatusCode expected)
    {
        using var answer = await gateway.Client.PostAsJsonAsync(new Uri($"/api/v1/{path}", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
