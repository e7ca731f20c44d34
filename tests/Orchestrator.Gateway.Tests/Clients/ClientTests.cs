using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Client;
using Orchestrator.Client.Tasks;
using Orchestrator.Contracts.Json;
using Orchestrator.Contracts.Resources;
using Orchestrator.Contracts.Schedules;
using Orchestrator.Contracts.Tasks;
using Orchestrator.Contracts.Webhooks;
using Orchestrator.Contracts.Workspaces;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Clients;

/// <summary>The client of every noun against the gateway.</summary>
public sealed class ClientTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    private static readonly RawJson Input = JsonValues.ToRawJson(new { Text = "hello" });

    private readonly OrchestratorClient _client = new(gateway.Client);

    [Fact]
    public async Task Task_FromSubmissionToResult_IsTyped()
    {
        var submitted = await _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = EchoWorker.Action, Input = Input, Tags = ["a"] });
        var ended = await _client.Tasks.WaitForEndAsync(submitted.Id);

        Assert.Equal((TaskStatuses.Completed, false), (ended.Status, submitted.IsReplayed));
        Assert.Equal(Input.ToString(), ended.Result.ToString());
        Assert.Equal("hello", (await _client.Tasks.GetResultAsync(submitted.Id)).Read<Dictionary<string, string>>()!["text"]);
        Assert.Equal(TaskStatuses.Completed, (await _client.Tasks.ExplainAsync(submitted.Id)).Status);
        var again = await _client.Tasks.RetryAsync(submitted.Id, wait: TimeSpan.FromSeconds(30));
        Assert.Equal(submitted.Id, again.Task!.RedriveOf);
    }

    [Fact]
    public async Task Generate_Echo_AnswersTheEndedTask()
    {
        var generated = await _client.Tasks.GenerateAsync("echo", new GenerationRequest { Input = Input });

        Assert.Equal(TaskStatuses.Completed, generated.Task!.Status);
    }

    [Fact]
    public async Task Submit_SameKey_IsReplayed()
    {
        var first = await _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = EchoWorker.Action, Input = Input }, key: "key-1");
        var second = await _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = EchoWorker.Action, Input = Input }, key: "key-1");

        Assert.Equal((first.Id, true), (second.Id, second.IsReplayed));
    }

    [Fact]
    public async Task Submit_Mistakes_AreNamed()
    {
        var refusal = await Assert.ThrowsAsync<OrchestratorException>(
            () => _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = "NO", TimeoutMs = 0 }));

        Assert.Equal((400, "validation", 1), (refusal.Status!.Value, refusal.Slug, refusal.Attempts));
        Assert.Equal(["/action", "/timeoutMs"], refusal.Errors.Keys.Order());
        Assert.NotEmpty(refusal.TraceId!);
        Assert.Contains("/timeoutMs must be", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_InSmallParts_IsEverythingOnce()
    {
        var workspace = await gateway.NewWorkspaceAsync();
        var ids = await _client.Tasks.SubmitBatchAsync(
            workspace, [.. Enumerable.Range(0, 25).Select(_ => new BatchItemRequest { Action = EchoWorker.Action, Input = Input })]);

        var listed = await ToListAsync(_client.Tasks.ListAsync(workspace, new TaskFilter { PageSize = 10 }));
        var none = await ToListAsync(_client.Tasks.ListAsync(workspace, new TaskFilter { Action = "another", CreatedAfter = DateTimeOffset.UnixEpoch }));

        Assert.Equal(ids.Order(), listed.Select(task => task.Id).Order());
        Assert.Empty(none);
    }

    [Fact]
    public async Task Task_BeforeItStarts_CanBeChangedAndCancelled()
    {
        var task = await _client.Tasks.SubmitAsync("default", new SubmitTaskRequest { Action = EchoWorker.Action, RunAt = DateTimeOffset.UtcNow.AddHours(1) });

        var patched = await _client.Tasks.PatchAsync(task.Id, new PatchTaskRequest { Tags = ["b"] });
        var cancelled = await _client.Tasks.CancelAsync(task.Id);
        var refusal = await Assert.ThrowsAsync<OrchestratorException>(() => _client.Tasks.CancelAsync(task.Id));

        Assert.Equal((TaskStatuses.Scheduled, "b"), (patched.Status, patched.Tags.Single()));
        Assert.Equal((TaskStatuses.Cancelled, "task-ended"), (cancelled.Status, refusal.Slug));
    }

    [Fact]
    public async Task Workspace_ThroughItsLife_IsTyped()
    {
        var created = await _client.Workspaces.CreateAsync(new CreateWorkspaceRequest { Id = "client.ws", Goal = "to be", Weight = 2 });
        var cleared = await _client.Workspaces.PatchAsync(created.Id, RawJson.From("""{"goal":null}""")!.Value);
        var kept = await _client.Workspaces.PatchAsync(created.Id, new PatchWorkspaceRequest { Weight = 3 });
        var paused = await _client.Workspaces.PauseAsync(created.Id);
        var resumed = await _client.Workspaces.ResumeAsync(created.Id);
        await _client.Workspaces.ResetFuseAsync(created.Id, "antiLoop");
        var events = await ToListAsync(_client.Workspaces.ListEventsAsync(created.Id));
        var listed = await ToListAsync(_client.Workspaces.ListAsync(counts: true));
        var usage = await _client.Workspaces.GetUsageAsync(created.Id);
        await _client.Workspaces.DeleteAsync(created.Id);
        var gone = await Assert.ThrowsAsync<OrchestratorException>(() => _client.Workspaces.GetAsync(created.Id));

        Assert.Equal(("to be", null, 3d, true, false), (created.Goal, cleared.Goal, kept.Weight, paused.Paused, resumed.Paused));
        Assert.Equal((0, 0m, 0), (usage.Total.InputTokens, usage.Total.Cost, usage.Days.Count));
        Assert.Contains(events, entry => entry.Type == "workspace.paused");
        Assert.Contains(listed, workspace => (workspace.Id, workspace.Running, workspace.Queued) == (created.Id, 0, 0));
        Assert.Equal((404, "workspace-not-found"), (gone.Status!.Value, gone.Slug));
    }

    [Fact]
    public async Task Nouns_OfTheCluster_AreTyped()
    {
        var resource = await _client.Resources.PutAsync("client-api", new PutResourceRequest { Capacity = 10, RefillPerSecond = 0.5m });
        var schedule = await _client.Schedules.CreateAsync(
            new CreateScheduleRequest { Id = "client-nightly", Cron = "0 3 * * *", Task = new ScheduleTask { Action = EchoWorker.Action } });
        var paused = await _client.Schedules.PatchAsync(schedule.Id, new PatchScheduleRequest { Paused = true });
        var webhook = await _client.Webhooks.CreateAsync(new CreateWebhookRequest { Url = "https://93.184.216.34/hook", Types = ["task.failed"], Enabled = false });
        var bulk = await _client.Bulk.StartAsync(
            new BulkRequest { Operation = "cancel", Filter = new BulkFilterRequest { Workspace = "default", Status = "blocked" }, DryRun = true });

        Assert.Equal((10, 0.5m), (resource.Capacity!.Value, resource.RefillPerSecond!.Value));
        Assert.Equal(10, (await _client.Resources.GetAsync("client-api")).Available);
        Assert.Contains(await ToListAsync(_client.Resources.ListAsync()), item => item.Name == resource.Name);
        Assert.Equal(("0 3 * * *", true), (paused.Cron, paused.Paused));
        Assert.Contains(await ToListAsync(_client.Schedules.ListAsync("default")), item => item.Id == schedule.Id);
        await _client.Schedules.DeleteAsync(schedule.Id);
        Assert.Equal("schedule-not-found", (await Assert.ThrowsAsync<OrchestratorException>(() => _client.Schedules.GetAsync(schedule.Id))).Slug);
        Assert.NotNull(webhook.Secret);
        Assert.Empty(await ToListAsync(_client.Webhooks.ListDeliveriesAsync(webhook.Id, "pending")));
        Assert.Contains(await ToListAsync(_client.Webhooks.ListAsync()), item => item.Id == webhook.Id);
        await _client.Webhooks.DeleteAsync(webhook.Id);
        Assert.Equal(bulk.Id, (await _client.Bulk.GetAsync(bulk.Id)).Id);
        Assert.NotEmpty(await ToListAsync(_client.Silos.ListAsync()));
        Assert.Equal(1, (await _client.GetStatsAsync("default")).Silos);
        Assert.Equal("Orchestrator", (await _client.GetServiceAsync()).Name);
    }

    [Fact]
    public async Task Client_OfAnHttpClientFactory_Works()
    {
        var services = new ServiceCollection();
        services.AddHttpClient<OrchestratorClient>(http => http.BaseAddress = gateway.Address);
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("ok", (await provider.GetRequiredService<OrchestratorClient>().GetServiceAsync()).Status);
    }

    [Fact]
    public async Task Client_OfItsOwn_Works()
    {
        using var client = new OrchestratorClient(new OrchestratorClientOptions { BaseAddress = gateway.Address });

        Assert.Equal("ok", (await client.GetServiceAsync()).Status);
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
