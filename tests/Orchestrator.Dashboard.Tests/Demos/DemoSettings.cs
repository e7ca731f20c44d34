using Orchestrator.Client;
using Orchestrator.Contracts.Agents;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Resources;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests.Demos;

/// <summary>What the demo's teams have set up.</summary>
internal static class DemoSettings
{
    public const string Gpu = "image-gpu";
    public const int GpuPermits = 4;

    private const string Newsletter = """
        owner: acme
        name: newsletter
        version: "3"
        description: Collects what is new, writes a part for each, asks the editor, and sends it.
        input:
          type: object
          required: [topic, parts]
          properties: { topic: { type: string }, parts: { type: array, items: { type: string } } }
        steps:
          - id: collect
            name: Collect what is new
            action: generation.simulated
            input: { latencyMs: 30, text: "${{ run.input.topic }}" }
          - id: pictures
            name: Choose pictures
            action: generation.simulated
            input: { latencyMs: 40 }
          - id: write
            name: Write the parts
            needs: [collect]
            foreach: ${{ run.input.parts }}
            action: generation.simulated
            input: { latencyMs: 50, text: "About ${{ item }}" }
            output: ${{ output.text }}
          - id: proofread
            name: Proofread
            needs: [write]
            action: generation.simulated
            input: { latencyMs: 20, text: "${{ join(steps.write.output, ' ') }}" }
            output: ${{ output.text }}
          - id: review
            name: Editor's review
            needs: [proofread, pictures]
            approval: { question: "Send the letter about ${{ run.input.topic }}?" }
          - id: send
            name: Send
            needs: [review]
            action: generation.simulated
            input: { latencyMs: 30 }
          - id: archive
            name: Put into the archive
            needs: [review]
            action: generation.simulated
            input: { latencyMs: 20 }
        """;

    /// <summary>Answers the webhook that is told of the ends of runs.</summary>
    public static async Task<Guid> CreateAsync(OrchestratorClient client)
    {
        await client.Workspaces.CreateAsync(new CreateWorkspaceRequest { Id = "marketing", Name = "Marketing", Goal = "Fill the spring regatta", Weight = 2 });
        await client.Workspaces.CreateAsync(new CreateWorkspaceRequest { Id = "research", Name = "Research", Goal = "A history of the harbour", Weight = 3, MaxParallel = 3 });
        await client.Workspaces.CreateAsync(new CreateWorkspaceRequest
        {
            Id = "support",
            Name = "Customer support",
            Goal = "Answer within the hour",
            Fuses = new FuseSettingsBody { AntiLoop = new AntiLoopBody { MaxExecutions = 5, CountAll = true } },
            Budget = new BudgetBody { Limit = 1 },
        });
        await client.Resources.PutAsync("google_search_api", new PutResourceRequest { Capacity = 100, RefillPerSecond = 1 });
        await client.Resources.PutAsync("twitter_api", new PutResourceRequest { Capacity = 50, RefillPerSecond = 0.5m });
        await client.Resources.PutAsync("database_connections", new PutResourceRequest { Permits = 20 });
        await client.Resources.PutAsync(Gpu, new PutResourceRequest { Permits = GpuPermits });
        await client.Agents.CreateAsync(new CreateAgentRequest
        {
            Name = "editor",
            Description = "Edits texts in the house style",
            Instructions = "You edit texts. Keep the author's voice, shorten what is long, and ask before you cut a whole paragraph.",
            Model = DashboardFixture.ModelName,
            Tools = ["create_task", "wait_for_tasks", "ask_person", "finish"],
            Skills = new Dictionary<string, double> { ["editing"] = 0.9, ["italian"] = 0.6 },
            MaxTurns = 12,
        });
        await client.Agents.CreateAsync(new CreateAgentRequest
        {
            Name = "researcher",
            Description = "Finds sources and says how far they can be trusted",
            Instructions = "You find sources.",
            Model = DashboardFixture.ModelName,
            Tools = ["create_task", "wait_for_tasks"],
            Skills = new Dictionary<string, double> { ["research"] = 0.95 },
        });
        await client.Definitions.PublishAsync(Newsletter, isYaml: true);
        var digest = new ScheduleTask { Action = "generation.summary", Name = "Daily digest", Input = RawJson.From("""{"text": "What happened today. Boats came in. Boats went out."}""") };
        await client.Schedules.CreateAsync(new CreateScheduleRequest { Id = "daily-digest", Workspace = "marketing", Cron = "0 7 * * *", TimeZone = "Europe/Rome", Task = digest });
        await client.Schedules.CreateAsync(new CreateScheduleRequest { Id = "tide-tables", Workspace = "research", IntervalMs = 900_000, Task = digest with { Name = "Read the tide tables" } });
        await client.Schedules.CreateAsync(new CreateScheduleRequest { Id = "year-end-report", Workspace = "research", Cron = "0 6 31 12 *", Paused = true, Task = digest with { Name = "Year-end report" } });
        await client.Webhooks.CreateAsync(new CreateWebhookRequest { Url = "https://chat.example.org/hooks/on-call", Description = "Tells the people on call", Types = ["workspace.paused", "fuse.tripped"], Workspace = "research" });
        return (await client.Webhooks.CreateAsync(new CreateWebhookRequest { Url = "https://crm.example.org/hooks/letters", Description = "Notes which letters went out", Types = ["run.completed", "run.failed"], Workspace = "marketing" })).Id;
    }
}
