using System.Text.Json;
using Orchestrator.Client;
using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Resources;
using Orchestrator.Contracts.Runs;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Dashboard.Tests.Demos;
using Orchestrator.Dashboard.Tests.Kit;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Models;

namespace Orchestrator.Dashboard.Tests.Hostile;

/// <summary>Everything that takes a free text, with a hostile one.</summary>
internal sealed class HostileData(DashboardFixture dashboard)
{
    private static readonly string Workspace = HostileTexts.Id;
    private static readonly string Agent = HostileTexts.Id[..57];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private OrchestratorClient Client => dashboard.Client;

    /// <summary>Makes it all, and answers the pages that show it.</summary>
    public async Task<IReadOnlyList<ShownPage>> CreateAsync()
    {
        await Client.Workspaces.CreateAsync(new CreateWorkspaceRequest { Id = Workspace, Name = HostileTexts.Name, Goal = HostileTexts.Text });
        await Client.Resources.PutAsync(HostileTexts.Id, new PutResourceRequest { Permits = 1 });
        await Assert.ThrowsAsync<OrchestratorException>(() => Client.Workspaces.DeleteAsync(HostileTexts.Markup));
        var task = new ScheduleTask { Action = "test.never", Name = HostileTexts.Name, Description = HostileTexts.Text, OwnerId = HostileTexts.Name, Tags = [HostileTexts.Tag], Input = RawJson.From(HostileTexts.Json) };
        await Client.Schedules.CreateAsync(new CreateScheduleRequest { Id = HostileTexts.Id, Workspace = Workspace, IntervalMs = 3_600_000, Task = task });
        var webhook = await Client.Webhooks.CreateAsync(new CreateWebhookRequest
        {
            Url = $"https://hooks.example.org/?q={HostileTexts.Markup.Replace(" ", "", StringComparison.Ordinal).PadRight(900, 'W')}",
            Description = HostileTexts.Text[..1_000],
            Types = ["task.cancelled"],
            Workspace = Workspace,
        });
        var (running, failed, done) = (await RunAsync(), await FailAsync(), await CompleteAsync());
        var asking = await AskAsync();
        var (waiting, rejected) = await StartRunsAsync();
        return
        [
            new("overview", ""),
            new("tasks", $"tasks?workspace={Workspace}"),
            new("search", "tasks?q=" + Uri.EscapeDataString(HostileTexts.Name)),
            new("new task", $"tasks/new?workspace={Uri.EscapeDataString(HostileTexts.Name)}&action={Uri.EscapeDataString(HostileTexts.Name)}"),
            new("running task", $"tasks/{running}"),
            new("failed task", $"tasks/{failed}"),
            new("completed task", $"tasks/{done}"),
            new("asking task", $"tasks/{asking}"),
            new("runs", $"runs?workspace={Workspace}"),
            new("waiting run", $"runs/{waiting}"),
            new("step of a run", $"runs/{waiting}?step={HostileTexts.Id}"),
            new("rejected run", $"runs/{rejected}"),
            new("definitions", "definitions"),
            new("definition", $"definitions/{HostileTexts.Id}/{HostileTexts.Id}"),
            new("new definition", $"definitions/new?from={Uri.EscapeDataString($"{HostileTexts.Id}/{HostileTexts.Id}@1")}"),
            new("workspaces", "workspaces"),
            new("workspace", $"workspaces/{Workspace}"),
            new("silos", "silos"),
            new("workers", "workers"),
            new("agents", "agents"),
            new("agent", $"agents/{Agent}"),
            new("resources", "resources"),
            new("resource", $"resources/{HostileTexts.Id}?workspace={Workspace}"),
            new("schedules", "schedules"),
            new("schedule", $"schedules/{HostileTexts.Id}"),
            new("webhooks", "webhooks"),
            new("webhook", $"webhooks/{webhook.Id}"),
            new("errors", $"errors?workspace={Workspace}"),
            new("audit", "audit"),
            new("filtered audit", $"audit?actor={Uri.EscapeDataString(HostileTexts.Name)}"),
        ];
    }

    private async Task<Guid> SubmitAsync(Guid? parent = null, string action = Work.Action) => (await Client.Tasks.SubmitAsync(Workspace, new SubmitTaskRequest
    {
        Action = action,
        Name = HostileTexts.Name,
        Description = HostileTexts.Text,
        OwnerId = HostileTexts.Name,
        Tags = [HostileTexts.Tag],
        Input = RawJson.From(action == Work.Action ? HostileTexts.Json : """{"prompt": "Ask."}"""),
        ParentId = parent,
    })).Id;

    /// <summary>One that is at work, was told something, and has created another that waits.</summary>
    private async Task<Guid> RunAsync()
    {
        var id = await SubmitAsync();
        var work = await dashboard.TakeAsync(Workspace);
        await work.SayAsync(HostileTexts.Text);
        await work.ProgressAsync(0.5, HostileTexts.Name);
        await Client.Tasks.SendMessagesAsync(id, [new MessageRequest { Role = "user", Content = HostileTexts.Text }]);
        await SubmitAsync(id, "test.never");
        return id;
    }

    private async Task<Guid> FailAsync()
    {
        var id = await SubmitAsync();
        await (await dashboard.TakeAsync(Workspace)).FailAsync("worker_error", HostileTexts.Error);
        return id;
    }

    private async Task<Guid> CompleteAsync()
    {
        var id = await SubmitAsync();
        await (await dashboard.TakeAsync(Workspace)).CompleteAsync(HostileTexts.Json);
        return id;
    }

    /// <summary>An agent, and its question to a person.</summary>
    private async Task<Guid> AskAsync()
    {
        await Client.Agents.PutAsync(Agent, new PutAgentRequest
        {
            Description = HostileTexts.Text,
            Instructions = HostileTexts.Text,
            Model = DashboardFixture.ModelName,
            Fallbacks = [(DashboardFixture.ModelName + "<script>alert(3)</script>").PadRight(200, 'W')],
            Tools = ["ask_person", "finish"],
            OutputSchema = RawJson.From(JsonSerializer.Serialize(new { type = "object", description = HostileTexts.Text })),
        });
        dashboard.Model.OnRequest = (_, _) => Task.FromResult(ModelReply.Call("ask_person", JsonSerializer.Serialize(new { question = HostileTexts.Text, details = new { text = HostileTexts.Text } })));
        var id = await SubmitAsync(action: $"agent.{Agent}");
        await Eventually.TrueAsync(async () => (await Client.Tasks.GetAsync(id)).WaitingFor == "approval", Patience, () => "The agent did not ask.");
        return id;
    }

    /// <summary>A run that asks, and one that was answered.</summary>
    private async Task<(Guid Waiting, Guid Rejected)> StartRunsAsync()
    {
        var simulated = new { latencyMs = 1, text = HostileTexts.Text };
        await Client.Definitions.PublishAsync(JsonSerializer.Serialize(new
        {
            owner = HostileTexts.Id,
            name = HostileTexts.Id,
            version = "1",
            description = HostileTexts.Text,
            input = new { type = "object", description = HostileTexts.Text },
            steps = new object[]
            {
                new { id = HostileTexts.Id, name = HostileTexts.Name, action = "generation.simulated", input = simulated },
                new { id = "ask", name = HostileTexts.Name, needs = new[] { HostileTexts.Id }, approval = new { question = HostileTexts.Text[..4_000] } },
                new { id = "unserved", name = HostileTexts.Name, needs = new[] { "ask" }, action = "test.never", input = simulated },
            },
        }));
        var runs = new List<Guid>();
        while (runs.Count < 2)
        {
            var run = (await Client.Runs.StartAsync(HostileTexts.Id, HostileTexts.Id, new StartRunRequest { Workspace = Workspace, Input = RawJson.From(HostileTexts.Json), Tags = [HostileTexts.Tag] })).Id;
            await Eventually.TrueAsync(async () => (await Client.Runs.GetAsync(run)).Waiting.Count > 0, Patience, () => "The run did not ask.");
            runs.Add(run);
        }

        await Client.Runs.ApproveStepAsync(runs[1], "ask", new ApproveStepRequest { Decision = "reject", Comment = HostileTexts.Text });
        return (runs[0], runs[1]);
    }
}
