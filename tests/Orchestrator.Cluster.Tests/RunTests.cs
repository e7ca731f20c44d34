using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>A run whose silos die under it.</summary>
public sealed class RunTests
{
    private const int Items = 100;
    private const int MaxParallel = 8;
    private const int Kills = 20;
    private const int Silos = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Twelve steps: two that widen into a diamond, a hundred items in the middle of it, a person at its lower end.</summary>
    private static readonly string Diamond = $$$"""
        owner: acme
        name: diamond
        version: "1"
        execution:
          concurrency: { maxParallel: {{{MaxParallel}}} }
        steps:
          - { id: start, action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 200, text: "${{ run.input.word }}" } }
          - { id: left, action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.start.output.text }}-left" } }
          - { id: middle, action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.start.output.text }}-middle" } }
          - { id: right, action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.start.output.text }}-right" } }
          - { id: low, needs: [left], action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.left.output.text }}-low" } }
          - { id: high, needs: [right], action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.right.output.text }}-high" } }
          - id: each
            needs: [low, middle, high]
            foreach: "${{ run.input.numbers }}"
            action: generation.simulated
            retry: { maxAttempts: 30 }
            input: { latencyMs: 2000, jitterMs: 500, text: "${{ steps.middle.output.text }}-${{ item }}-${{ index }}" }
            output: "${{ output.text }}"
          - { id: count, action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ toText(length(steps.each.output)) }}" } }
          - { id: ends, action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.each.output[0] }} to ${{ steps.each.output[99] }}" } }
          - { id: check, needs: [count, ends], approval: { question: "Publish ${{ steps.count.output.text }}?" } }
          - { id: publish, needs: [check], action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.ends.output.text }}" } }
          - { id: tell, needs: [publish], action: generation.simulated, retry: { maxAttempts: 30 }, input: { latencyMs: 400, text: "${{ steps.low.output.text }} ${{ steps.high.output.text }}" } }
        output:
          count: "${{ steps.count.output.text }}"
          published: "${{ steps.publish.output.text }}"
          told: "${{ steps.tell.output.text }}"
          items: "${{ steps.each.output }}"
        """;

    [PostgresFact]
    public async Task Kill_SilosAtRandomTwentyTimes_AcceptsEachStepOnceAndCompletesTheRun()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_SEED"), out var given) ? given : Environment.TickCount;
        var random = new Random(seed);
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        await PublishAsync(gateway, Diamond);
        var input = new JsonObject { ["word"] = "tea", ["numbers"] = new JsonArray([.. Enumerable.Range(0, Items).Select(n => JsonValue.Create(n * n))]) };
        await using var silos = new SiloPack(schema.ConnectionString, Silos);
        var started = await api.SendAsync(HttpMethod.Post, "definitions/acme/diamond/runs", new JsonObject { ["input"] = input }, HttpStatusCode.Accepted);
        var id = started["id"]!.GetValue<Guid>();

        // The last one dies after the decision; until then the run cannot end.
        for (var kill = 1; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 2_500)));
            await silos.ReplaceAsync(random.Next(Silos));
        }

        await ApproveAsync(api, id);
        await silos.ReplaceAsync(random.Next(Silos));
        var run = await WaitForEndAsync(api, id);
        Assert.True(run["status"]!.GetValue<string>() == "completed", $"Seed {seed}: {run.ToJsonString()}");
        var output = run["output"]!;
        Assert.Equal("100", output["count"]!.GetValue<string>());
        Assert.Equal("tea-middle-0-0 to tea-middle-9801-99", output["published"]!.GetValue<string>());
        Assert.Equal("tea-left-low tea-right-high", output["told"]!.GetValue<string>());
        Assert.Equal(Enumerable.Range(0, Items).Select(n => $"tea-middle-{n * n}-{n}"), output["items"]!.AsArray().Select(item => item!.GetValue<string>()));

        var tasks = await api.ListTasksAsync("default");
        string[] expected = ["start", "left", "middle", "right", "low", "high", "count", "ends", "publish", "tell", .. Enumerable.Range(0, Items).Select(item => $"each[{item}]")];
        Assert.Equal(expected.Order(), tasks.Select(task => task["stepId"]!.GetValue<string>()).Order());
        Assert.All(tasks, task => Assert.Equal(("completed", id), (task["status"]!.GetValue<string>(), task["runId"]!.GetValue<Guid>())));
        Assert.True(tasks.Any(task => task["attempt"]!.GetValue<int>() > 1), "The kills left no trace: no task needed a second attempt.");
        await AssertAcceptedOnceAsync(api, id, tasks, expected);
        Assert.Equal(MaxParallel, SweepLine.FindPeak(tasks.Select(task => (task["createdAt"]!.GetValue<DateTimeOffset>(), task["finishedAt"]!.GetValue<DateTimeOffset>()))));
        Assert.InRange(SweepLine.FindPeak(await SweepLine.FindProcessingAsync(api, tasks.Select(Id))), 2, MaxParallel);
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }

    private static Guid Id(JsonNode task) => task["id"]!.GetValue<Guid>();

    private static async Task PublishAsync(ServiceProcess gateway, string definition)
    {
        using var content = new StringContent(definition, System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await gateway.Client.PostAsync(new Uri("/api/v1/definitions", UriKind.Relative), content);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Decides once the run asks.</summary>
    private static async Task ApproveAsync(Api api, Guid id)
    {
        JsonNode? run = null;
        await Eventually.TrueAsync(
            async () =>
            {
                run = await api.GetRunAsync(id);
                Assert.True(run["status"]!.GetValue<string>() == "started", run.ToJsonString());
                return StepOf(run, "check")["status"]!.GetValue<string>() == "waiting";
            },
            Limit,
            () => $"Nobody was asked: {run?.ToJsonString()}");
        var step = StepOf(run!, "check");
        Assert.Equal("Publish 100?", step["question"]!.GetValue<string>());
        await api.SendAsync(HttpMethod.Post, $"runs/{id}/steps/check/approve", new JsonObject { ["decision"] = "continue" }, HttpStatusCode.OK);
    }

    private static async Task<JsonNode> WaitForEndAsync(Api api, Guid id)
    {
        JsonNode? run = null;
        await Eventually.TrueAsync(
            async () => (run = await api.GetRunAsync(id, waitSeconds: 5))["status"]!.GetValue<string>() != "started",
            Limit,
            () => $"The run has not ended: {run?.ToJsonString()}");
        return run!;
    }

    private static JsonNode StepOf(JsonNode run, string id) => run["steps"]!.AsArray().Single(step => step!["id"]!.GetValue<string>() == id)!;

    /// <summary>One end a task, and one entry of the run's history for the end of each step and item.</summary>
    private static async Task AssertAcceptedOnceAsync(Api api, Guid id, IReadOnlyList<JsonNode> tasks, IReadOnlyList<string> work)
    {
        foreach (var task in tasks)
        {
            Assert.Single(await api.GetEventsAsync(Id(task)), item => item["type"]!.GetValue<string>() == "task.completed");
        }

        var history = await api.GetRunEventsAsync(id);
        Assert.Equal(Enumerable.Range(1, history.Count), history.Select(item => item["seq"]!.GetValue<int>()));
        Assert.Single(history, item => item["type"]!.GetValue<string>() == "run.completed");
        var steps = work.Select(key => key.Split('[')[0]).Append("check").Distinct().Order();
        Assert.Equal(steps, history.Where(item => item["type"]!.GetValue<string>() == "step.completed" && item["data"]?["item"] is null).Select(item => item["data"]!["step"]!.GetValue<string>()).Order());
    }
}
