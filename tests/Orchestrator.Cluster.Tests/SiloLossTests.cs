using Orchestrator.Storage;
using Orchestrator.Storage.Leases;
using Orchestrator.Storage.Turns;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>Silos that die, stand still or are asked to go, on one PostgreSQL.</summary>
public sealed class SiloLossTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Kill_OneOfTwoSilosInTheMiddleOfTenThousandTasks_CompletesEachOnce()
    {
        const int workspaces = 50;
        const int tasks = 200;
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        var ids = new Dictionary<string, IReadOnlyList<Guid>>();
        for (var i = 0; i < workspaces; i++)
        {
            await api.CreateWorkspaceAsync($"w-{i}");
            ids[$"w-{i}"] = await api.SubmitSimulatedAsync($"w-{i}", tasks, latencyMs: 60, jitterMs: 80);
        }

        await using var victim = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "victim")));
        await using var survivor = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "survivor")));
        await api.WaitForCountAsync("completed", 1_000, Limit);
        await victim.KillAsync();
        Assert.InRange(await api.CountAsync("completed"), 1_000, (workspaces * tasks) - 1_000);
        await api.WaitForCountAsync("completed", workspaces * tasks, Limit);

        var repeated = 0;
        foreach (var (workspace, submitted) in ids)
        {
            var listed = await api.ListTasksAsync(workspace);
            Assert.Equal(submitted.Order(), listed.Select(task => task["id"]!.GetValue<Guid>()).Order());
            Assert.All(listed, task => Assert.Equal("completed", task["status"]!.GetValue<string>()));
            repeated += listed.Count(task => task["attempt"]!.GetValue<int>() > 1);
        }

        Assert.True(repeated > 0, "The kill left no trace: no task needed a second attempt.");
        await AssertSoundAsync(schema);
    }

    [PostgresFact]
    public async Task Suspend_SiloPastItsLeaseAndContinueIt_HasItsResultsRefused()
    {
        const int tasks = 16;
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var zombie = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "zombie")));
        var api = new Api(gateway);
        var ids = await api.SubmitSimulatedAsync("default", tasks, latencyMs: 1_500);
        await api.WaitForCountAsync("processing", tasks, Limit);

        zombie.Suspend();
        await using var rescuer = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "rescuer")));
        await api.WaitForCountAsync("completed", tasks, Limit);
        zombie.Continue();
        await Eventually.TrueAsync(
            () => Task.FromResult(ids.All(id => zombie.Output.Split('\n').Any(line => line.Contains(id.ToString(), StringComparison.Ordinal)))),
            Limit,
            () => $"The zombie did not say of every task that its lease was gone:\n{zombie.Output}");

        Assert.All(
            zombie.Output.Split('\n').Where(line => ids.Any(id => line.Contains(id.ToString(), StringComparison.Ordinal))),
            line => Assert.Matches("LeaseLost|LeaseRunOut|lease was lost", line));
        foreach (var id in ids)
        {
            var task = await api.GetTaskAsync(id);
            Assert.Equal("completed", task["status"]!.GetValue<string>());
            Assert.Equal(2, task["attempt"]!.GetValue<int>());
            var events = await api.GetEventsAsync(id);
            Assert.Equal("heartbeat_missed", Assert.Single(events, item => Type(item) == "task.retry")["data"]!["code"]!.GetValue<string>());
            Assert.Equal(2, Assert.Single(events, item => Type(item) == "task.completed")["attempt"]!.GetValue<int>());
            Assert.Equal(2, events.Where(item => Type(item) == "task.processing").Select(item => item["data"]!["silo"]!.GetValue<string>()).Distinct().Count());
        }

        await AssertSoundAsync(schema);
    }

    [PostgresFact]
    public async Task Settle_ByAHolderThatWokeAfterAnotherSiloFinished_IsRefusedByTheStore()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        var ids = await api.SubmitSimulatedAsync("default", 8, latencyMs: 10);

        // A silo without a watchdog: it claims, sleeps past its lease, and writes all the same.
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        var request = new TurnRequest(Guid.NewGuid(), 8, [new("generation.simulated", 8)], TimeSpan.FromSeconds(1));
        var claimed = (await store.Turns.TakeAsync(request, CancellationToken.None)).Tasks;
        Assert.Equal(8, claimed.Count);
        await using var rescuer = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "rescuer")));
        await api.WaitForCountAsync("completed", 8, Limit);

        var late = claimed.Select(task => new Settlement(task.Lease, task.WorkspaceKey, task.Lane, new AttemptOutcome.Completed("\"late\""u8.ToArray())));
        Assert.All(await store.Leases.SettleAsync([.. late], CancellationToken.None), result => Assert.Equal(SettlementResult.LeaseLost, result));
        Assert.Equal(8, store.Leases.Renew([.. claimed.Select(task => task.Lease)], TimeSpan.FromSeconds(1)).Count);
        foreach (var id in ids)
        {
            var task = await api.GetTaskAsync(id);
            Assert.Equal(2, task["attempt"]!.GetValue<int>());
            Assert.True(task["result"]!["simulated"]!.GetValue<bool>());
        }

        await AssertSoundAsync(schema);
    }

    [PostgresFact]
    public async Task Terminate_SiloAtWork_FinishesTheShortHandsBackTheLongAndLosesNothing()
    {
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var silo = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        var api = new Api(gateway);
        var finishing = await api.SubmitSimulatedAsync("default", 10, latencyMs: 1_000);
        var endless = await api.SubmitSimulatedAsync("default", 10, latencyMs: 60_000);
        await api.WaitForCountAsync("processing", 20, Limit);

        silo.Terminate();
        Assert.Equal(0, await silo.WaitForExitAsync(TimeSpan.FromSeconds(20)));

        foreach (var id in finishing)
        {
            Assert.Equal("completed", (await api.GetTaskAsync(id))["status"]!.GetValue<string>());
        }

        foreach (var id in endless)
        {
            var task = await api.GetTaskAsync(id);
            Assert.Equal("queued", task["status"]!.GetValue<string>());
            Assert.Equal(0, task["attempt"]!.GetValue<int>());
        }

        await AssertSoundAsync(schema);
        await using var next = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString));
        await api.WaitForCountAsync("processing", 10, Limit);
        Assert.Equal(1, (await api.GetTaskAsync(endless[0]))["attempt"]!.GetValue<int>());
    }

    private static string Type(System.Text.Json.Nodes.JsonNode item) => item["type"]!.GetValue<string>();

    private static async Task AssertSoundAsync(IsolatedSchema schema)
    {
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }
}
