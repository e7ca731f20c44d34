using System.Text.Json.Nodes;
using Orchestrator.Storage;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Cluster.Tests;

/// <summary>A semaphore that several silos share while some of them die.</summary>
public sealed class ResourceTests
{
    private const int Permits = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [PostgresFact]
    public async Task Semaphore_SilosAreKilled_IsNeverExceededAndLeaksNothing()
    {
        const int tasks = 600;
        await using var schema = await IsolatedSchema.CreateAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(Settings.OnPostgres(schema.ConnectionString));
        await using var first = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "first")));
        await using var second = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "second")));
        await using var survivor = await ServiceProcess.StartSiloAsync(Settings.OnPostgres(schema.ConnectionString, ("Silo:Name", "survivor")));
        var api = new Api(gateway);
        await api.PutResourceAsync("database", new JsonObject { ["permits"] = Permits });
        var ids = await api.SubmitSimulatedAsync("default", tasks, latencyMs: 100, jitterMs: 100, resource: "database");

        await api.WaitForCountAsync("completed", 100, Limit);
        await first.KillAsync();
        await api.WaitForCountAsync("completed", 250, Limit);
        await second.KillAsync();
        await api.WaitForCountAsync("completed", tasks, Limit);

        var listed = await api.ListTasksAsync("default");
        Assert.Equal(ids.Order(), listed.Select(task => task["id"]!.GetValue<Guid>()).Order());
        Assert.True(listed.Any(task => task["attempt"]!.GetValue<int>() > 1), "The kills left no trace: no task needed a second attempt.");
        var resource = await api.GetResourceAsync("database");
        Assert.Equal((Permits, 0), (resource["available"]!.GetValue<int>(), resource["waiting"]!.GetValue<int>()));
        Assert.Equal(Permits, SweepLine.FindPeak(await SweepLine.FindProcessingAsync(api, ids)));
        await using var store = StoreFactory.Open(new StoreOptions { ConnectionString = schema.ConnectionString }, TimeProvider.System);
        Assert.Equal([], await store.Invariants.CheckAsync(CancellationToken.None));
    }
}
