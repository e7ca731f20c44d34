using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Cluster.Tests;

/// <summary>
/// The mixed load, over and over, and beside it everything else that metrics tell of: limits that hold, providers that refuse and fail, models, scores,
/// fuses, webhooks, work that nobody serves.
/// </summary>
internal sealed class TroubledLoad(Api api)
{
    public const string Delegating = "test.delegate";
    public const string Broken = "test.broken";

    /// <summary>What the actions of the process pool do.</summary>
    public const string Script = """
        import time
        import orchestrator_worker as worker

        def ask(task):
            return {"decision": task.ask("Go on?").decision}

        def hold(task):
            time.sleep(task.input["seconds"])
            return {}

        def delegate(task):
            return task.wait_for(task.delegate([{"action": "generation.simulated", "input": {"latencyMs": 20}}]))[0].result

        def broken(task):
            raise worker.WorkerError("provider_error", "503")

        worker.run({"test.ask": ask, "test.hold": hold, "test.delegate": delegate, "test.broken": broken})
        """;

    private const string Failing = "Fail.";
    private const string Sick = "sick";
    private const string Full = "full";
    private const string Poor = "poor";
    private const string Later = "later";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly MixedLoad _mixed = new(api);

    /// <summary>Settings of every process.</summary>
    public static (string Name, string Value)[] Settings(ModelEndpoint model) =>
    [
        ("Webhooks:AllowPrivateAddresses", "true"), ("Retries:BaseDelay", "00:00:00.2"),
        ("Providers:stub:BaseUrl", model.BaseUrl), ("Providers:stub:Prices:0:Model", "m"), ("Providers:stub:Prices:0:Input", "10"), ("Providers:stub:Prices:0:Output", "40"),
        ("Generation:Model", "stub/m"), ("Priorities:Model", "stub/m"), ("Priorities:TimeLimit", "2s"), ($"Actions:{Broken}:Provider", "upstream"),
    ];

    /// <summary>The model scores tasks, but not all, and writes texts, but not all.</summary>
    public static Task<ModelReply> Answer(string text) => Task.FromResult(
        text.Contains(Failing, StringComparison.Ordinal) ? ModelReply.Failure(500)
        : text.Contains("Riddle", StringComparison.Ordinal) ? new ModelReply("no number")
        : ModelReply.Score(500));

    public async Task PrepareAsync(Uri webhook)
    {
        await _mixed.PrepareAsync();
        await api.CreateWorkspaceAsync(Sick);
        await api.SetFusesAsync(Sick, new JsonObject { ["circuitBreaker"] = new JsonObject { ["failures"] = 1, ["openSeconds"] = 600 } });
        await api.CreateWorkspaceAsync(Full);
        await api.SetFusesAsync(Full, new JsonObject { ["pendingCap"] = new JsonObject { ["total"] = 1 } });
        await api.CreateBudgetedAsync(Poor, budget: 1);
        await api.CreateWorkspaceAsync(Later);
        await api.LoosenFusesAsync("default");
        await api.PutResourceAsync("permit", new JsonObject { ["permits"] = 1 });
        await api.PutResourceAsync("bucket", new JsonObject { ["capacity"] = 100, ["refillPerSecond"] = 50 });
        await api.CreateWebhookAsync(webhook, "a secret of some length", "task.failed", "task.completed");

        var failing = await api.SubmitAsync(Sick, [NewTask(Broken, maxAttempts: 1)]);
        await api.WaitForEndAsync(failing[0], Limit);
        await api.SubmitAsync(Sick, [NewTask(Broken, maxAttempts: 1)]);
        await api.SubmitAsync(Full, [Waiting("The only one")]);
        await api.SendAsync(HttpMethod.Post, $"workspaces/{Full}/tasks", Waiting("One too many"), HttpStatusCode.TooManyRequests);
        await api.SubmitPaidAsync(Poor, count: 2, latencyMs: 10, cost: 2);
        await api.SubmitAsync("default", [NewTask("nobody.serves")]);
    }

    /// <summary>Goes on until there is enough.</summary>
    public async Task RunAsync(CancellationToken enough)
    {
        for (var round = 0; !enough.IsCancellationRequested; round++)
        {
            await Task.WhenAll(_mixed.RunAsync(crowd: false), MakeTroubleAsync(round));
        }
    }

    private static JsonObject NewTask(string action, JsonObject? input = null, int maxAttempts = 3, string? resource = null)
    {
        var task = new JsonObject { ["action"] = action, ["input"] = input, ["maxAttempts"] = maxAttempts };
        if (resource is not null)
        {
            task["resources"] = new JsonObject { [resource] = 1 };
        }

        return task;
    }

    /// <summary>A task that is scored and does not start.</summary>
    private static JsonObject Waiting(string name) => new() { ["action"] = Api.Simulated, ["name"] = name, ["runAt"] = "2999-01-01T00:00:00Z" };

    private static JsonObject Say(string text) => NewTask("generation.text", new JsonObject { ["prompt"] = text }, maxAttempts: 1);

    private async Task MakeTroubleAsync(int round)
    {
        await api.SubmitAsync(Later, [Waiting($"Translate document {round}"), Waiting($"Riddle {round}"), Waiting("Write a blog post about AI"), Waiting("Write a blog post about AI")]);
        var refused = NewTask(Api.Simulated, new JsonObject { ["latencyMs"] = 5, ["rateLimitRate"] = 0.5, ["retryAfterMs"] = 100 }, resource: "bucket");
        var ids = await api.SubmitAsync(
            "default", [refused, refused.DeepClone(), refused.DeepClone(), NewTask(Delegating), NewTask(MixedLoad.Holding, new JsonObject { ["seconds"] = 1 }), Say("Hello."), Say(Failing)]);
        ids = [.. ids, .. await api.SubmitSimulatedAsync("default", count: 5, latencyMs: 50, resource: "permit")];
        foreach (var id in ids)
        {
            await api.WaitForEndAsync(id, Limit);
        }
    }
}
