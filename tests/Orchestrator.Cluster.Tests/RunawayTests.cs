using System.Text.Json.Nodes;
using Orchestrator.Core.Fuses;
using Orchestrator.Core.Tasks;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;
using Orchestrator.TestKit.Webhooks;
using Xunit.Abstractions;

namespace Orchestrator.Cluster.Tests;

/// <summary>Workers that create tasks without an end: what stops them, who hears of it, and who does not notice.</summary>
[Collection(TimedGroup.Name)]
public sealed class RunawayTests(ITestOutputHelper output)
{
    private const string Secret = "a secret of some length";
    private const int Steps = 30;
    private const int Probes = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The longest that a task beside the loop may wait for its start: no more than a silo whose signals are all lost needs.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>One goes deeper each time, the other creates a task, waits for it, and creates the next.</summary>
    private const string Script = """
        import orchestrator_worker as worker

        def deeper(task):
            return task.wait_for(task.delegate([{"action": "test.deeper"}]))[0].result

        def loop(task):
            return sum(task.wait_for(task.delegate([{"action": "test.step"}]))[0].result for _ in range(task.input))

        worker.run({"test.deeper": deeper, "test.loop": loop, "test.step": lambda task: 1})
        """;

    [PostgresAndPythonFact]
    public async Task Delegate_WithoutEnd_StopsAtTheDepthAndAtTheFuseAndOthersDoNotNotice()
    {
        using var folder = new SqliteFolder();
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var pool = PythonPool.Write(folder.Path, Script, "test.deeper", "test.loop", "test.step");
        await using var gateway = await ServiceProcess.StartGatewayAsync(SettingsOf(schema));
        await using var first = await ServiceProcess.StartSiloAsync(SettingsOf(schema, ("ORCHESTRATOR_CONFIG", pool)));
        await using var second = await ServiceProcess.StartSiloAsync(SettingsOf(schema, ("ORCHESTRATOR_CONFIG", pool)));
        var api = new Api(gateway);
        foreach (var workspace in new[] { "deep", "looping", "other" })
        {
            await api.CreateWorkspaceAsync(workspace);
        }

        await api.CreateWebhookAsync(receiver.Url, Secret, "fuse.tripped", "workspace.paused", "fuse.reset", "workspace.resumed");
        var before = await ProbeAsync(api);

        await StopsAtTheDepthAsync(api);
        var (loop, during) = await TripsTheFuseAsync(api);
        await IsToldAsync(api, receiver, "fuse.tripped", "workspace.paused");

        await api.ResumeAsync("looping");
        var ended = await EndOfAsync(api, loop);
        Assert.Equal(("completed", Steps), (ended["status"]!.GetValue<string>(), ended["result"]?.GetValue<int>()));
        await IsToldAsync(api, receiver, "fuse.tripped", "workspace.paused", "fuse.reset", "workspace.resumed");

        output.WriteLine($"longest wait for a start beside it: {before.TotalMilliseconds:F0} ms before, {during.TotalMilliseconds:F0} ms meanwhile");
        Assert.InRange(during, TimeSpan.Zero, LongestWait);
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }

    private static async Task StopsAtTheDepthAsync(Api api)
    {
        var root = Assert.Single(await api.SubmitAsync("deep", [new JsonObject { ["action"] = "test.deeper" }]));
        Assert.Equal("failed", (await EndOfAsync(api, root))["status"]!.GetValue<string>());

        var tasks = await api.ListTasksAsync("deep");
        Assert.Equal(Enumerable.Range(0, TaskLimits.MaxDelegationDepth + 1), tasks.Select(task => task["delegationDepth"]!.GetValue<int>()).Order());
        var deepest = Assert.Single(tasks, task => task["delegationDepth"]!.GetValue<int>() == TaskLimits.MaxDelegationDepth);
        Assert.Equal("depth_exceeded", deepest["error"]!["code"]!.GetValue<string>());
    }

    /// <summary>Answers the task that loops, and how long others waited at most.</summary>
    private static async Task<(Guid Loop, TimeSpan LongestWait)> TripsTheFuseAsync(Api api)
    {
        var loop = Assert.Single(await api.SubmitAsync("looping", [new JsonObject { ["action"] = "test.loop", ["input"] = Steps }]));
        var longest = await ProbeAsync(api);
        await Eventually.TrueAsync(async () => (await api.GetWorkspaceAsync("looping"))["pausedBy"]?.GetValue<string>() == "antiLoop", Limit, () => "The fuse has not tripped.");
        var paused = await ProbeAsync(api);

        var workspace = await api.GetWorkspaceAsync("looping");
        Assert.Equal("tripped", workspace["fuseStates"]!["antiLoop"]!["state"]!.GetValue<string>());
        var steps = (await api.ListTasksAsync("looping")).Where(task => task["parentId"] is not null).ToList();
        Assert.Equal(FuseDefaults.LoopExecutions, steps.Count(task => task["status"]!.GetValue<string>() == "completed"));
        Assert.Equal("queued", Assert.Single(steps, task => task["status"]!.GetValue<string>() != "completed")["status"]!.GetValue<string>());
        Assert.Equal("waiting", (await api.GetTaskAsync(loop))["status"]!.GetValue<string>());
        return (loop, longest > paused ? longest : paused);
    }

    /// <summary>Every alert has come, signed, and stands in the journal of the workspace.</summary>
    private static async Task IsToldAsync(Api api, WebhookReceiver receiver, params string[] types)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(types.All(type => receiver.Received.Any(received => received.Type == type))),
            Limit,
            () => $"Not all came: {string.Join(", ", receiver.Received.Select(received => received.Text))}");
        Assert.All(receiver.Received, received =>
        {
            Assert.True(received.IsSignedWith(Secret));
            Assert.Equal("looping", received.Body.GetProperty("workspace").GetString());
        });
        Assert.Equal("antiLoop", receiver.Received.First(received => received.Type == "fuse.tripped").Body.GetProperty("data").GetProperty("fuse").GetString());
        Assert.Equal(types, (await api.GetWorkspaceEventsAsync("looping")).Select(entry => entry["type"]!.GetValue<string>()));
    }

    /// <summary>Has another workspace do a task at a time; answers how long one waited at most for its start.</summary>
    private static async Task<TimeSpan> ProbeAsync(Api api)
    {
        var longest = TimeSpan.Zero;
        for (var i = 0; i < Probes; i++)
        {
            var task = await EndOfAsync(api, Assert.Single(await api.SubmitSimulatedAsync("other", 1, latencyMs: 20)));
            Assert.Equal("completed", task["status"]!.GetValue<string>());
            var wait = task["startedAt"]!.GetValue<DateTimeOffset>() - task["createdAt"]!.GetValue<DateTimeOffset>();
            longest = wait > longest ? wait : longest;
        }

        return longest;
    }

    private static async Task<JsonNode> EndOfAsync(Api api, Guid id)
    {
        JsonNode? task = null;
        await Eventually.TrueAsync(
            async () => (task = await api.GetTaskAsync(id, waitSeconds: 30))["finishedAt"] is not null, Limit, () => $"It has not ended: {task}");
        return task!;
    }

    private static Dictionary<string, string> SettingsOf(IsolatedSchema schema, params ReadOnlySpan<(string Name, string Value)> more) =>
        Settings.OnPostgres(schema.ConnectionString, [("Webhooks:AllowPrivateAddresses", "true"), .. more]);
}
