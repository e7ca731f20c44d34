using System.Text.Json.Nodes;
using Orchestrator.Benchmarks.Contenders;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>How much memory our processes hold.</summary>
internal static class MemoryFigure
{
    private const string Embedded = "embedded gateway, SQLite";
    private const string Idle = "idle MB";
    private const string Peak = "peak under load MB";
    private const int Clients = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "memory",
        $"Resident memory in MB of 1,000,000 bytes. Idle: {scale.QuietTime.TotalSeconds:0} s after the start. Under load: the most since the start while {scale.QueuedInMemory:#,0} queued tasks are worked off and {Clients} clients submit over HTTP.",
        [
            new Contender(Embedded, () => MeasureEmbeddedAsync(scale)),
            new Contender("gateway and silo, PostgreSQL", () => MeasureClusterAsync(servers, scale)),
        ],
        [
            Goal.AtMost(Embedded, Idle, 150),
            Goal.AtMost(Embedded, Peak, 280),
        ]);

    private static async Task<Sample> MeasureEmbeddedAsync(BenchmarkScale scale)
    {
        var sample = new Sample();
        using (var empty = new SqliteFolder())
        {
            await using var gateway = await ServiceProcess.StartGatewayAsync(OwnSettings.OnSqlite(empty.Path));
            await Task.Delay(scale.QuietTime);
            sample[Idle] = ResidentMemory.Now(gateway);
        }

        using var folder = new SqliteFolder();
        await using (var store = OwnStore.OpenSqlite(folder.Path))
        {
            await store.MigrateAsync(CancellationToken.None);
            await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
            await OwnStore.SubmitAsync(store, scale.BurnDownWorkspaces, scale.QueuedInMemory);
        }

        await using var loaded = await ServiceProcess.StartGatewayAsync(OwnSettings.OnSqlite(folder.Path));
        sample["submissions meanwhile"] = await HttpClients.SubmitAsync(loaded, Clients, () => WaitAsync(loaded, scale.QueuedInMemory));
        sample[Peak] = ResidentMemory.Peak(loaded);
        return sample;
    }

    private static async Task<Sample> MeasureClusterAsync(Servers servers, BenchmarkScale scale)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using var gateway = await ServiceProcess.StartGatewayAsync(OwnSettings.OnPostgres(schema.ConnectionString));
        await using var silo = await ServiceProcess.StartSiloAsync(OwnSettings.OnPostgres(schema.ConnectionString));
        await Task.Delay(scale.QuietTime);
        var sample = new Sample
        {
            [$"gateway, {Idle}"] = ResidentMemory.Now(gateway),
            [$"silo, {Idle}"] = ResidentMemory.Now(silo),
        };
        await using var store = OwnStore.OpenPostgres(schema.ConnectionString);
        await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
        await OwnStore.SubmitAsync(store, scale.BurnDownWorkspaces, scale.QueuedInMemory);
        sample["submissions meanwhile"] = await HttpClients.SubmitAsync(gateway, Clients, () => WaitAsync(gateway, scale.QueuedInMemory));
        sample[$"gateway, {Peak}"] = ResidentMemory.Peak(gateway);
        sample[$"silo, {Peak}"] = ResidentMemory.Peak(silo);
        return sample;
    }

    /// <summary>Tasks end about in the order in which they came, so these are the ones that stood in the queue.</summary>
    private static async Task WaitAsync(ServiceProcess gateway, int tasks)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var stats = JsonNode.Parse(await gateway.Client.GetStringAsync(new Uri("/api/v1/stats", UriKind.Relative), limit.Token))!;
            if (stats["tasks"]!["completed"]!.GetValue<int>() >= tasks)
            {
                return;
            }

            await Task.Delay(Pause, limit.Token);
        }
    }
}
