using System.Text.Json;
using Orchestrator.Client;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Leases;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>A system in the middle of its work: teams, agents, runs, failures, a tripped fuse. The pages of the dashboard show it.</summary>
internal sealed class Demo
{
    private const string Marketing = "marketing";
    private const string Research = "research";
    private const string Support = "support";
    private const int Hour = 3_600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly OrchestratorClient _client;

    private Demo(OrchestratorClient client) => _client = client;

    /// <summary>Every page that people see.</summary>
    public IReadOnlyList<ShownPage> Pages { get; private set; } = [];

    /// <summary>Fills a gateway.</summary>
    /// <param name="model">What its provider <c>local</c> answers.</param>
    public static async Task<Demo> CreateAsync(OrchestratorClient client, ModelEndpoint model)
    {
        var demo = new Demo(client);
        var webhook = await DemoSettings.CreateAsync(client);
        var run = await demo.StartRunsAsync();
        await demo.EndAsync();
        await demo.FailAsync();
        await demo.TripAsync();
        var question = await demo.AskAsync(model);
        await demo.WaitAsync();
        var task = await demo.WriteAsync();
        demo.Pages =
        [
            new("overview", ""),
            new("tasks", $"tasks?workspace={Marketing}"),
            new("task", $"tasks/{task}"),
            new("question", $"tasks/{question}"),
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
            new("resource", $"resources/image-gpu?workspace={Marketing}"),
            new("schedules", "schedules"),
            new("schedule", "schedules/daily-digest"),
            new("webhooks", "webhooks"),
            new("webhook", $"webhooks/{webhook}"),
            new("errors", "errors"),
            new("audit", "audit"),
        ];
        return demo;
    }

    private static BatchItemRequest Simulated(string name, int latencyMs, params IReadOnlyList<string> tags) => new()
    {
        Action = "generation.simulated",
        Name = name,
        Tags = tags,
        TimeoutMs = 2 * Hour,
        Input = RawJson.From(JsonSerializer.Serialize(new { latencyMs, text = name, usage = new { inputTokens = 400 + (name.Length * 37), outputTokens = 120 + (name.Length * 11), cost = 0.0042m * name.Length } })),
    };

    private static BatchItemRequest Unserved(string action, string name) => new() { Action = action, Name = name, Input = RawJson.From("{}"), MaxAttempts = 5 };

    private Task<IReadOnlyList<Guid>> SubmitAsync(string workspace, params IReadOnlyList<BatchItemRequest> tasks) => _client.Tasks.SubmitBatchAsync(workspace, tasks);

    private async Task<Work> TakeAsync(string workspace, string action)
    {
        var leases = await _client.Leases.TakeAsync(new LeaseRequest { Workspaces = [workspace], Actions = [action], WaitMs = (int)Patience.TotalMilliseconds });
        return new Work(_client.Leases, Assert.Single(leases));
    }

    private async Task EndAsync()
    {
        foreach (var workspace in new[] { Marketing, Research })
        {
            foreach (var id in await SubmitAsync(workspace, [.. DemoTexts.Done.Select((name, number) => Simulated(name, 20 + (number * 35), "spring"))]))
            {
                using var patience = new CancellationTokenSource(Patience);
                await _client.Tasks.WaitForEndAsync(id, patience.Token);
            }
        }
    }

    /// <summary>Failures that are the same, and one that is tried again.</summary>
    private async Task FailAsync()
    {
        foreach (var (workspace, action, code, tasks) in DemoTexts.Failures)
        {
            await SubmitAsync(workspace, [.. tasks.Select(task => Unserved(action, task.Name))]);
            foreach (var (_, error) in tasks)
            {
                await (await TakeAsync(workspace, action)).FailAsync(code, error);
            }
        }

        // Failures get to the list with the next write of what this gateway has counted.
        await Eventually.TrueAsync(async () => await _client.Errors.ListAsync().CountAsync() >= DemoTexts.Failures.Count, Patience, () => "The failures did not get to the list of errors.");
        await SubmitAsync(Marketing, Unserved("copy.check", "Check the brochure"));
        await (await TakeAsync(Marketing, "copy.check")).FailAsync("provider_error", "GET https://spelling.example/check: 502 Bad Gateway", retryAfter: TimeSpan.FromMinutes(4));
        await SubmitAsync(Marketing, Simulated("Announce the old date", Hour, "mail"));
        await foreach (var task in _client.Tasks.ListAsync(Marketing))
        {
            if (task.Name == "Announce the old date")
            {
                await _client.Tasks.CancelAsync(task.Id);
            }
        }
    }

    /// <summary>What runs, and what waits, each for something else.</summary>
    private async Task WaitAsync()
    {
        await SubmitAsync(Research, [.. DemoTexts.Running.Concat(DemoTexts.Queued).Select(name => Simulated(name, Hour, "archive"))]);
        await SubmitAsync(Marketing, [.. DemoTexts.Pictures.Select(name => Simulated(name, Hour, "images") with { Resources = new Dictionary<string, int> { ["image-gpu"] = 1 } })]);
        await SubmitAsync(
            Marketing,
            Simulated("Send the reminder", 50, "mail") with { RunAt = DateTimeOffset.UtcNow.AddHours(3) },
            Unserved("video.cut", "Cut the trailer") with { Ref = "trailer" },
            Simulated("Publish the trailer", 50, "video") with { DependsOn = ["trailer"] });
    }

    /// <summary>An agent that asks a person.</summary>
    private async Task<Guid> AskAsync(ModelEndpoint model)
    {
        model.OnRequest = (_, _) => Task.FromResult(ModelReply.Call(
            "ask_person", """{"question":"The pilot asks to leave out the storm of 1953. Cut those three paragraphs?","details":{"from":"paragraph 14","to":"paragraph 16","words":412}}"""));
        var id = (await SubmitAsync(Research, new BatchItemRequest { Action = "agent.editor", Name = "Edit the interview with the pilot", Input = RawJson.From("""{"prompt": "Edit it for the newsletter."}""") }))[0];
        await Eventually.TrueAsync(async () => (await _client.Tasks.GetAsync(id)).WaitingFor == "approval", Patience, () => "The agent did not ask.");
        return id;
    }

    private async Task TripAsync()
    {
        await SubmitAsync(Support, [.. Enumerable.Range(1, 7).Select(number => Simulated($"Answer ticket {4180 + number}", 10))]);
        await Eventually.TrueAsync(async () => (await _client.Workspaces.GetAsync(Support)).Paused, Patience, () => "The fuse did not trip.");
    }

    /// <summary>Runs that are done, and one that asks a person; answers that one.</summary>
    private async Task<Guid> StartRunsAsync()
    {
        var run = Guid.Empty;
        foreach (var input in DemoTexts.Letters)
        {
            run = (await _client.Runs.StartAsync("acme", "newsletter", new StartRunRequest { Workspace = Marketing, Input = RawJson.From(input), Tags = ["weekly"] })).Id;
            await Eventually.TrueAsync(async () => (await _client.Runs.GetAsync(run)).Waiting.Count > 0, Patience, () => $"The run of {input} did not get to its question.");
            if (input != DemoTexts.Letters[^1])
            {
                await _client.Runs.ApproveStepAsync(run, "review", new ApproveStepRequest { Decision = "approve", Comment = "Lovely, thank you." });
                await _client.Runs.WaitForEndAsync(run);
            }
        }

        return run;
    }

    /// <summary>A task that is being written, with what was said to it.</summary>
    private async Task<Guid> WriteAsync()
    {
        const string action = "copy.write";
        var id = (await _client.Tasks.SubmitAsync(Marketing, new SubmitTaskRequest
        {
            Action = action,
            Name = "Write the spring newsletter",
            Description = "Three short parts: what is new, a tip, and what comes next.",
            OwnerId = "maria",
            Tags = ["spring", "newsletter"],
            Input = RawJson.From("""{"tone": "friendly", "words": 250}"""),
            Priority = RawJson.From("\"high\""),
            MaxAttempts = 5,
        })).Id;
        await (await TakeAsync(Marketing, action)).FailAsync("provider_error", "The model answered 502.", retryAfter: TimeSpan.FromMilliseconds(1));
        var work = await TakeAsync(Marketing, action);
        foreach (var piece in DemoTexts.Letter.Chunk(60))
        {
            await work.SayAsync(new string(piece));
        }

        await work.ProgressAsync(0.6, "Part 2 of 3");
        await _client.Tasks.SendMessagesAsync(id, [new MessageRequest { Role = "user", Content = "Mention the new opening hours, please." }]);
        return id;
    }
}
