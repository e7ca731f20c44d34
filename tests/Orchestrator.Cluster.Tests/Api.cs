using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>A client's view of a gateway: JSON over HTTP and nothing else.</summary>
internal sealed class Api(ServiceProcess gateway)
{
    public const string Simulated = "generation.simulated";

    public Task CreateBudgetedAsync(string id, decimal budget) => SendAsync(
        HttpMethod.Post, "workspaces", new JsonObject { ["id"] = id, ["budget"] = new JsonObject { ["limit"] = budget } }, HttpStatusCode.Created);

    /// <summary>Lets tasks delegate as much as they like.</summary>
    public Task LoosenFusesAsync(string id) => SendAsync(
        HttpMethod.Patch, $"workspaces/{id}", new JsonObject { ["fuses"] = new JsonObject { ["antiLoop"] = new JsonObject { ["maxExecutions"] = 1_000_000 } } }, HttpStatusCode.OK);

    public Task ResumeAsync(string id) => SendAsync(HttpMethod.Post, $"workspaces/{id}/resume", new JsonObject(), HttpStatusCode.OK);

    public Task SetFusesAsync(string id, JsonObject fuses) => SendAsync(HttpMethod.Patch, $"workspaces/{id}", new JsonObject { ["fuses"] = fuses }, HttpStatusCode.OK);

    public async Task<IReadOnlyList<JsonNode>> GetWorkspaceEventsAsync(string id) =>
        [.. (await GetAsync($"workspaces/{id}/events"))["items"]!.AsArray().Select(item => item!)];

    public Task<JsonNode> GetWorkspaceAsync(string id) => GetAsync($"workspaces/{id}");

    public Task CreateWorkspaceAsync(string id, double weight = 1) =>
        SendAsync(HttpMethod.Post, "workspaces", new JsonObject { ["id"] = id, ["weight"] = weight }, HttpStatusCode.Created);

    /// <summary>A workspace that runs one task at a time.</summary>
    public Task CreateSerialWorkspaceAsync(string id) =>
        SendAsync(HttpMethod.Post, "workspaces", new JsonObject { ["id"] = id, ["maxParallel"] = 1 }, HttpStatusCode.Created);

    public Task PauseWorkspaceAsync(string id) => SendAsync(HttpMethod.Post, $"workspaces/{id}/pause", new JsonObject(), HttpStatusCode.OK);

    public Task ApproveAsync(Guid id, JsonObject decision) => SendAsync(HttpMethod.Post, $"tasks/{id}/approve", decision, HttpStatusCode.OK);

    public Task PutResourceAsync(string name, JsonObject bounds) => SendAsync(HttpMethod.Put, $"resources/{name}", bounds, HttpStatusCode.Created);

    public Task<JsonNode> GetResourceAsync(string name) => GetAsync($"resources/{name}");

    /// <summary>Submits simulated tasks as one batch; answers their ids.</summary>
    /// <param name="resource">What each of them needs one of, if anything.</param>
    public async Task<IReadOnlyList<Guid>> SubmitSimulatedAsync(string workspace, int count, int latencyMs, int jitterMs = 0, string? resource = null)
    {
        var tasks = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var task = new JsonObject { ["action"] = Simulated, ["input"] = new JsonObject { ["latencyMs"] = latencyMs, ["jitterMs"] = jitterMs } };
            if (resource is not null)
            {
                task["resources"] = new JsonObject { [resource] = 1 };
            }

            tasks.Add(task);
        }

        return await SubmitAsync(workspace, tasks);
    }

    /// <summary>Submits simulated tasks that name a skill as one batch; answers their ids.</summary>
    public Task<IReadOnlyList<Guid>> SubmitSkilledAsync(string workspace, int count, int latencyMs, string skill) => SubmitAsync(
        workspace,
        new JsonArray([.. Enumerable.Range(0, count).Select(_ => new JsonObject
        {
            ["action"] = Simulated, ["input"] = new JsonObject { ["latencyMs"] = latencyMs }, ["skills"] = new JsonArray(skill),
        })]));

    /// <summary>Submits tasks as one batch; answers their ids.</summary>
    public async Task<IReadOnlyList<Guid>> SubmitAsync(string workspace, JsonArray tasks)
    {
        var answer = await SendAsync(HttpMethod.Post, $"workspaces/{workspace}/tasks/batch", new JsonObject { ["tasks"] = tasks }, HttpStatusCode.Accepted);
        return [.. answer["ids"]!.AsArray().Select(id => id!.GetValue<Guid>())];
    }

    /// <summary>Submits simulated tasks that cost something as one batch.</summary>
    public Task SubmitPaidAsync(string workspace, int count, int latencyMs, decimal cost)
    {
        var tasks = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var input = new JsonObject { ["latencyMs"] = latencyMs, ["jitterMs"] = latencyMs, ["usage"] = new JsonObject { ["cost"] = cost } };
            tasks.Add(new JsonObject { ["action"] = Simulated, ["maxAttempts"] = 10, ["input"] = input });
        }

        return SendAsync(HttpMethod.Post, $"workspaces/{workspace}/tasks/batch", new JsonObject { ["tasks"] = tasks }, HttpStatusCode.Accepted);
    }

    /// <summary>Creates a schedule that submits a simulated task every second.</summary>
    public Task CreateScheduleAsync(string id, int latencyMs) => SendAsync(
        HttpMethod.Post,
        "schedules",
        new JsonObject
        {
            ["id"] = id,
            ["intervalMs"] = 1_000,
            ["task"] = new JsonObject { ["action"] = Simulated, ["input"] = new JsonObject { ["latencyMs"] = latencyMs } },
        },
        HttpStatusCode.Created);

    public Task CreateWebhookAsync(Uri url, string secret, params string[] types) => SendAsync(
        HttpMethod.Post,
        "webhooks",
        new JsonObject { ["url"] = url.ToString(), ["secret"] = secret, ["types"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]) },
        HttpStatusCode.Created);

    public Task PauseScheduleAsync(string id) => SendAsync(HttpMethod.Patch, $"schedules/{id}", new JsonObject { ["paused"] = true }, HttpStatusCode.OK);

    /// <summary>Has texts placed by <c>embeddings</c>; answers the ended task.</summary>
    public async Task<JsonNode> GenerateVectorsAsync(string input)
    {
        var task = new JsonObject { ["action"] = "embeddings", ["input"] = JsonNode.Parse(input) };
        return await WaitForEndAsync(Assert.Single(await SubmitAsync("default", new JsonArray(task))), TimeSpan.FromSeconds(30));
    }

    /// <summary>Waits until a task has ended.</summary>
    public async Task<JsonNode> WaitForEndAsync(Guid id, TimeSpan limit)
    {
        JsonNode? task = null;
        await Eventually.TrueAsync(
            async () => (task = await GetTaskAsync(id, waitSeconds: 5))["status"]!.GetValue<string>() is "completed" or "failed" or "cancelled",
            limit,
            () => $"It has not ended: {task?.ToJsonString()}");
        return task!;
    }

    /// <summary>Waits until a task is in a state.</summary>
    public async Task WaitForStateAsync(Guid id, string status, TimeSpan limit)
    {
        JsonNode? task = null;
        await Eventually.TrueAsync(
            async () => (task = await GetTaskAsync(id))["status"]!.GetValue<string>() == status, limit, () => $"It is not {status}: {task?.ToJsonString()}");
    }

    public Task<JsonNode> GetTaskAsync(Guid id, int waitSeconds = 0) => GetAsync($"tasks/{id}?wait={waitSeconds}");

    public Task<JsonNode> GetRunAsync(Guid id, int waitSeconds = 0) => GetAsync($"runs/{id}?wait={waitSeconds}");

    public Task<JsonNode> GetStepAsync(Guid run, string step) => GetAsync($"runs/{run}/steps/{step}");

    /// <summary>The whole history of a run.</summary>
    public async Task<IReadOnlyList<JsonNode>> GetRunEventsAsync(Guid id) => await ListAsync($"runs/{id}/events");

    public async Task<IReadOnlyList<JsonNode>> ListSilosAsync() => [.. (await GetAsync("silos"))["items"]!.AsArray().Select(item => item!)];

    public async Task<IReadOnlyList<JsonNode>> GetEventsAsync(Guid id) =>
        [.. (await GetAsync($"tasks/{id}/events"))["items"]!.AsArray().Select(item => item!)];

    /// <summary>All tasks of a workspace, page by page.</summary>
    public Task<IReadOnlyList<JsonNode>> ListTasksAsync(string workspace) => ListAsync($"workspaces/{workspace}/tasks");

    public async Task<int> CountAsync(string status) => (await GetAsync("stats"))["tasks"]![status]!.GetValue<int>();

    public Task WaitForCountAsync(string status, int count, TimeSpan limit) => Eventually.TrueAsync(
        async () => await CountAsync(status) >= count,
        limit,
        () => $"Waited for {count} {status}; the gateway says {GetAsync("stats").GetAwaiter().GetResult()["tasks"]}.");

    /// <summary>Submits to <c>generation/{action}</c> and waits for the end.</summary>
    public async Task<JsonNode> GenerateAsync(string action, JsonNode input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/generation/{action}")
        {
            Content = JsonContent.Create(new JsonObject { ["input"] = input }),
            Headers = { { "Prefer", "wait=30" } },
        };
        using var answer = await gateway.Client.SendAsync(request);
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>All runs of a workspace, page by page, sub-runs among them.</summary>
    public Task<IReadOnlyList<JsonNode>> ListRunsAsync(string workspace) => ListAsync($"workspaces/{workspace}/runs");

    /// <summary>Starts a run; answers its id.</summary>
    public async Task<Guid> StartRunAsync(string definition, string workspace, JsonNode? input = null)
    {
        var body = new JsonObject { ["workspace"] = workspace, ["input"] = input };
        return (await SendAsync(HttpMethod.Post, $"definitions/{definition}/runs", body, HttpStatusCode.Accepted))["id"]!.GetValue<Guid>();
    }

    public async Task PublishAsync(string yaml)
    {
        using var content = new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await gateway.Client.PostAsync(new Uri("/api/v1/definitions", UriKind.Relative), content);
        await ReadAsync(answer, HttpStatusCode.Created);
    }

    /// <summary>Waits until a run has ended.</summary>
    public async Task<JsonNode> WaitForRunAsync(Guid id, TimeSpan limit)
    {
        JsonNode? run = null;
        await Eventually.TrueAsync(
            async () => (run = await GetRunAsync(id, waitSeconds: 5))["status"]!.GetValue<string>() != "started",
            limit,
            () => $"The run has not ended: {run?.ToJsonString()}");
        return run!;
    }

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string path)
    {
        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}?limit=500{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return items;
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await gateway.Client.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative));
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        using var answer = await gateway.Client.SendAsync(request);
        return await ReadAsync(answer, expected);
    }

    /// <summary>Sends a request whose status alone is of interest.</summary>
    public async Task<HttpStatusCode> TrySendAsync(HttpMethod method, string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        using var answer = await gateway.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
