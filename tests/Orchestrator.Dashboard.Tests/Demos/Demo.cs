using Orchestrator.Client;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.TestKit;

namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>A system in the middle of its work: teams, agents, runs, failures, a tripped fuse. The pages of the dashboard show it.</summary>
internal sealed class Demo
{
    private const string Marketing = "marketing";
    private const string Research = "research";
    private const string Support = "support";

    private readonly OrchestratorClient _client;

    private Demo(OrchestratorClient client) => _client = client;

    /// <summary>Every page that people see.</summary>
    public IReadOnlyList<ShownPage> Pages { get; private set; } = [];

    /// <summary>Fills a gateway.</summary>
    /// <param name="model">A model that a provider of the gateway has.</param>
    public static async Task<Demo> CreateAsync(OrchestratorClient client, string model)
    {
        var demo = new Demo(client);
        await DemoSettings.CreateAsync(client, model);
        await demo.FailAsync();
        await demo.EndAsync();
        await demo.WaitAsync();
        await demo.TripAsync();
        var (run, task) = (await demo.StartRunsAsync(), await demo.WriteAsync());
        Guid webhook = default;
        await foreach (var hook in client.Webhooks.ListAsync())
        {
            webhook = hook.Id;
        }

        demo.Pages =
        [
            new("overview", ""),
            new("tasks", $"tasks?workspace={Marketing}"),
            new("task", $"tasks/{task}"),
            new("new-task", $"tasks/new?workspace={Marketing}"),
            new("workspaces", "workspaces"),
            new("workspace", $"workspaces/{Support}"),
            new("runs", $"runs?workspace={Marketing}"),
            new("run", $"runs/{run}?step=review"),
            new("definitions", "definitions"),
            new("definition", "definitions/acme/newsletter"),
            new("new-definition", "definitions/new"),
            new("agents", "agents"),
            new("agent", "agents/editor"),
            new("silos", "silos"),
            new("workers", "workers"),
            new("resources", "resources"),
            new("resource", "resources/image-gpu"),
            new("schedules", "schedules"),
            new("schedule", "schedules/daily-digest"),
            new("webhooks", "webhooks"),
            new("webhook", $"webhooks/{webhook}"),
            new("errors", "errors"),
            new("audit", "audit"),
        ];
        return demo;
    }

    private Task<IReadOnlyList<Guid>> SubmitAsync(string workspace, params IReadOnlyList<BatchItemRequest> tasks) => _client.Tasks.SubmitBatchAsync(workspace, tasks);

    private static BatchItemRequest Simulated(string name, int latencyMs, string text = "", params string[] tags) => new()
    {
        Action = "generation.simulated",
        Name = name,
        Tags = tags,
        Input = RawJson.From(System.Text.Json.JsonSerializer.Serialize(new { latencyMs, text, usage = new { inputTokens = 400 + name.Length * 37, outputTokens = 120 + name.Length * 11, cost = 0.0042m * name.Length } })),
    };

    /// <summary>Failures as they happen, in groups.</summary>
    private async Task FailAsync()
    {
        foreach (var (workspace, action, code, messages) in DemoTexts.Failures)
        {
            await SubmitAsync(workspace, [.. messages.Select(message => new BatchItemRequest { Action = action, Name = message.Name, MaxAttempts = 1, Tags = ["nightly"], Input = RawJson.From("{}") })]);
            foreach (var message in messages)
            {
                var lease = (await _client.Leases.TakeAsync(new LeaseRequest { Workspaces = [workspace], Actions = [action], WaitMs = 20_000 })).Single();
                await _client.Leases.FailAsync(lease.Token, new FailRequest { Code = code, Message = message.Error, Retryable = false });
            }
        }
    }

    private async Task EndAsync()
    {
        foreach (var workspace in new[] { Marketing, Research })
        {
            var ids = await SubmitAsync(workspace, [.. DemoTexts.Done.Select((name, number) => Simulated(name, 20 + (number * 35), name, "spring"))]);
            foreach (var id in ids)
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
                await _client.Tasks.WaitForEndAsync(id, patience.Token);
            }
        }
    }

    /// <summary>What waits, each for something else.</summary>
    private async Task WaitAsync()
    {
        await SubmitAsync(Research, [.. DemoTexts.Running.Select((name, number) => Simulated(name, 3_600_000 + number, DemoTexts.Letter, "long"))]);
        await SubmitAsync(
            Marketing,
            [
                Simulated("Render the cover", 3_600_000, tags: "images") with { Resources = new Dictionary<string, int> { ["image-gpu"] = 1 } },
                Simulated("Render the back page", 3_600_000, tags: "images") with { Resources = new Dictionary<string, int> { ["image-gpu"] = 1 } },
                Simulated("Render page 3", 3_600_000, tags: "images") with { Resources = new Dictionary<string, int> { ["image-gpu"] = 1 } },
                Simulated("Render page 4", 3_600_000, tags: "images") with { Resources = new Dictionary<string, int> { ["image-gpu"] = 1 } },
                Simulated("Send the reminder", 50, tags: "mail") with { RunAt = DateTimeOffset.UtcNow.AddHours(3) },
                new BatchItemRequest { Action = "video.cut", Name = "Cut the trailer", Ref = "trailer", Input = RawJson.From("{}") },
                Simulated("Publish the trailer", 50, tags: "video") with { DependsOn = ["trailer"] },
                new BatchItemRequest { Action = "agent.editor", Name = "Edit the interview", Input = RawJson.From("""{"prompt": "Edit it."}""") },
            ]);
    }

    private async Task TripAsync()
    {
        await SubmitAsync(Support, [.. Enumerable.Range(1, 7).Select(number => Simulated($"Answer ticket {4180 + number}", 10))]);
        await Eventually.TrueAsync(async () => (await _client.Workspaces.GetAsync(Support)).Paused, TimeSpan.FromSeconds(30), () => "The fuse did not trip.");
    }

    /// <summary>Runs that are done, that fail, and one that asks a person; answers that one.</summary>
    private async Task<Guid> StartRunsAsync()
    {
        var asking = Guid.Empty;
        foreach (var input in DemoTexts.Letters)
        {
            asking = (await _client.Runs.StartAsync("acme", "newsletter", new StartRunRequest { Workspace = Marketing, Input = RawJson.From(input), Tags = ["weekly"] })).Id;
            await Eventually.TrueAsync(
                async () => (await _client.Runs.GetAsync(asking)) is { Waiting.Count: > 0 } or { Status: not "started" }, TimeSpan.FromSeconds(30), () => $"The run of {input} did not get to its question.");
            if (input != DemoTexts.Letters[^1])
            {
                await _client.Runs.ApproveStepAsync(asking, "review", new ApproveStepRequest { Decision = "approve" });
                await _client.Runs.WaitForEndAsync(asking);
            }
        }

        return asking;
    }

    /// <summary>A task that is being written, with what was said to it.</summary>
    private async Task<Guid> WriteAsync()
    {
        const string action = "copy.write";
        var id = (await _client.Tasks.SubmitAsync(Marketing, new SubmitTaskRequest
        {
            Action = action, Name = "Write the spring newsletter", Description = "Three short parts: what is new, a tip, and what comes next.", OwnerId = "maria", Tags = ["spring", "newsletter"],
            Input = RawJson.From("""{"tone": "friendly", "words": 250}"""), Priority = RawJson.From("\"high\""), MaxAttempts = 5,
        })).Id;
        var lease = (await _client.Leases.TakeAsync(new LeaseRequest { Workspaces = [Marketing], Actions = [action], WaitMs = 20_000 })).Single();
        foreach (var piece in DemoTexts.Letter.Chunk(60))
        {
            await _client.Leases.AppendAsync(lease.Token, [new string(piece)]);
        }

        await _client.Leases.ProgressAsync(lease.Token, 0.6, "Part 2 of 3");
        await _client.Tasks.SendMessagesAsync(id, [new MessageRequest { Role = "user", Content = "Mention the new opening hours, please." }]);
        return id;
    }
}
