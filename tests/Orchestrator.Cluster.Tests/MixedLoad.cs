using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.TestKit;

namespace Orchestrator.Cluster.Tests;

/// <summary>
/// A little of everything: tasks that complete, fail, are repeated and take too long, and runs that complete, fail, are aborted, widen,
/// have runs in them, wait for people and stand in a queue; in three workspaces.
/// </summary>
internal sealed class MixedLoad(Api api)
{
    public const string Alpha = "alpha";
    public const string Beta = "beta";

    /// <summary>One task at a time.</summary>
    public const string Narrow = "narrow";

    public const string Asking = "test.ask";
    public const string Holding = "test.hold";

    /// <summary>How long the narrow workspace is blocked; the source's alert asks for more than five seconds in a queue.</summary>
    public const int CrowdMs = 6_500;

    /// <summary>What the actions of the process pool do.</summary>
    public const string Script = """
        import time
        import orchestrator_worker as worker

        def ask(task):
            return {"decision": task.ask("Go on?").decision}

        def hold(task):
            time.sleep(task.input["seconds"])
            return {}

        worker.run({"test.ask": ask, "test.hold": hold})
        """;

    public static readonly string[] Workspaces = [Alpha, Beta, Narrow];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string[] Definitions =
    [
        """
        { owner: acme, name: chain, version: "1", steps: [
          { id: first, action: generation.simulated, input: { latencyMs: 100 } },
          { id: second, needs: [first], action: generation.simulated, input: { latencyMs: 300 } },
          { id: third, needs: [second], action: generation.simulated, input: { latencyMs: 20 } } ] }
        """,
        """
        { owner: acme, name: fan, version: "1", execution: { concurrency: { maxParallel: 4 } }, steps: [
          { id: each, foreach: "${{ run.input.numbers }}", action: generation.simulated, input: { latencyMs: 150, text: "${{ item }}" } },
          { id: never, needs: [each], if: "length(run.input.numbers) > 100", action: generation.simulated },
          { id: count, action: generation.simulated, input: { latencyMs: 50, text: "${{ toText(length(steps.each.output)) }}" } } ] }
        """,

        // Its repeated step pauses for longer than it executes, and what was done before is undone.
        """
        { owner: acme, name: flaky, version: "1", steps: [
          { id: before, action: generation.simulated, input: { latencyMs: 50 }, compensate: { action: generation.simulated, input: { latencyMs: 700 } } },
          { id: breaks, needs: [before], action: generation.simulated, retry: { maxAttempts: 2 }, input: { latencyMs: 100, errorRate: 1 } } ] }
        """,
        """
        { owner: acme, name: stuck, version: "1", steps: [
          { id: quick, action: generation.simulated, input: { latencyMs: 50 } },
          { id: endless, needs: [quick], action: generation.simulated, input: { latencyMs: 600000 } } ] }
        """,
        """
        { owner: acme, name: asks, version: "1", steps: [
          { id: draft, action: generation.simulated, input: { latencyMs: 100 }, approval: { question: "Publish?" } },
          { id: asking, needs: [draft], action: test.ask },
          { id: publish, needs: [asking], action: generation.simulated, input: { latencyMs: 100 } } ] }
        """,
        """
        { owner: acme, name: nested, version: "1", steps: [
          { id: inner, run: acme/chain@1 },
          { id: outer, needs: [inner], action: generation.simulated, input: { latencyMs: 50 } } ] }
        """,
        """
        { owner: beta.team, name: crowded, version: 2.0-rc_1, execution: { concurrency: { maxParallel: 3 } }, steps: [
          { id: waits, foreach: "${{ [1, 2, 3] }}", action: generation.simulated, input: { latencyMs: 100 } } ] }
        """,

        // Slow enough for a scrape between its first step and its end.
        """
        { owner: acme, name: late, version: "1", steps: [
          { id: slow, action: generation.simulated, input: { latencyMs: 100 } },
          { id: fails, needs: [slow], action: generation.simulated, retry: { maxAttempts: 1 }, input: { latencyMs: 4000, errorRate: 1 } } ] }
        """,
    ];

    public async Task PrepareAsync()
    {
        await api.CreateWorkspaceAsync(Alpha);
        await api.CreateWorkspaceAsync(Beta, weight: 3);
        await api.CreateSerialWorkspaceAsync(Narrow);
        foreach (var definition in Definitions)
        {
            await api.PublishAsync(definition);
        }
    }

    /// <summary>Runs all of it to its end; answers the runs.</summary>
    /// <param name="crowd">Whether the narrow workspace is blocked meanwhile.</param>
    public async Task<IReadOnlyList<Guid>> RunAsync(bool crowd)
    {
        var tasks = new List<Guid>();
        if (crowd)
        {
            tasks.AddRange(await api.SubmitSimulatedAsync(Narrow, 1, CrowdMs));
        }

        foreach (var workspace in (string[])[Alpha, Beta])
        {
            tasks.AddRange(await api.SubmitSimulatedAsync(workspace, 10, 30, 20));
            tasks.AddRange(await api.SubmitAsync(workspace, new JsonArray(
                Simulated(new JsonObject { ["latencyMs"] = 40, ["errorRate"] = 1 }, maxAttempts: 3),
                Simulated(new JsonObject { ["latencyMs"] = 60_000 }, timeoutMs: 300),
                Simulated(new JsonObject { ["nothing"] = "such" }),
                Overdue("nobody"),
                Overdue())));
        }

        List<Guid> runs = [await api.StartRunAsync("beta.team/crowded", Narrow), await api.StartRunAsync("acme/nested", Alpha), await api.StartRunAsync("acme/flaky", Beta)];
        foreach (var workspace in (string[])[Alpha, Beta])
        {
            runs.Add(await api.StartRunAsync("acme/chain", workspace));
            runs.Add(await api.StartRunAsync("acme/fan", workspace, new JsonObject { ["numbers"] = new JsonArray("a", "b", "c", "d", "e", "f") }));
            runs.Add(await api.StartRunAsync("acme/flaky", workspace));
        }

        var stuck = await api.StartRunAsync("acme/stuck", Alpha);
        var asks = await api.StartRunAsync("acme/asks", Beta);
        await Task.WhenAll(AbortAsync(stuck), AnswerAsync(asks), RejectAsync(Assert.Single(await api.SubmitAsync(Beta, new JsonArray(new JsonObject { ["action"] = Asking })))));
        runs.AddRange([stuck, asks]);
        foreach (var run in runs)
        {
            await api.WaitForRunAsync(run, Limit);
        }

        foreach (var task in tasks)
        {
            await api.WaitForEndAsync(task, Limit);
        }

        return runs;
    }

    private static JsonObject Simulated(JsonObject input, int maxAttempts = 1, int? timeoutMs = null) =>
        new() { ["action"] = Api.Simulated, ["input"] = input, ["maxAttempts"] = maxAttempts, ["timeoutMs"] = timeoutMs };

    /// <summary>A task whose deadline passes while it runs, or, with a skill that nobody has, before it does.</summary>
    private static JsonObject Overdue(params string[] skills) => new()
    {
        ["action"] = Api.Simulated,
        ["input"] = new JsonObject { ["latencyMs"] = 60_000 },
        ["deadlineAt"] = DateTimeOffset.UtcNow.AddMilliseconds(800),
        ["skills"] = new JsonArray([.. skills.Select(skill => JsonValue.Create(skill))]),
    };

    private async Task AbortAsync(Guid run)
    {
        await WaitForStepAsync(run, "endless", step => step["status"]!.GetValue<string>() == "running");
        await api.WaitForStateAsync(await FindTaskAsync(run, "endless"), "processing", Limit);
        await api.SendAsync(HttpMethod.Post, $"runs/{run}/abort", new JsonObject(), HttpStatusCode.OK);
        await api.WaitForEndAsync(await FindTaskAsync(run, "endless"), Limit);
    }

    /// <summary>Lets the run wait for a person for longer than it executes, twice: for its step and for its task.</summary>
    private async Task AnswerAsync(Guid run)
    {
        var pause = TimeSpan.FromSeconds(1);
        await WaitForStepAsync(run, "draft", step => step["status"]!.GetValue<string>() == "waiting");
        await Task.Delay(pause);
        await api.SendAsync(HttpMethod.Post, $"runs/{run}/steps/draft/approve", new JsonObject { ["decision"] = "continue" }, HttpStatusCode.OK);
        await WaitForStepAsync(run, "asking", step => step["status"]!.GetValue<string>() == "running");
        var task = await FindTaskAsync(run, "asking");
        await api.WaitForStateAsync(task, "waiting", Limit);
        await Task.Delay(pause);
        await api.ApproveAsync(task, new JsonObject { ["decision"] = "approve" });
    }

    private async Task RejectAsync(Guid task)
    {
        await api.WaitForStateAsync(task, "waiting", Limit);
        await api.ApproveAsync(task, new JsonObject { ["decision"] = "abort" });
    }

    private async Task WaitForStepAsync(Guid run, string step, Predicate<JsonNode> isThere)
    {
        JsonNode? seen = null;
        await Eventually.TrueAsync(
            async () => isThere((seen = await api.GetRunAsync(run))["steps"]!.AsArray().Single(item => item!["id"]!.GetValue<string>() == step)!),
            Limit,
            () => $"The step {step} is not where it should be: {seen?.ToJsonString()}");
    }

    private async Task<Guid> FindTaskAsync(Guid run, string step) =>
        (await api.GetStepAsync(run, step))["work"]!.AsArray().Single()!["taskId"]!.GetValue<Guid>();
}
