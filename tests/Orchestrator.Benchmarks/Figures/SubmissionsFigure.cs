using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Storage;
using Orchestrator.TestKit.Processes;
using Orchestrator.TestKit.Stores;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>How fast a gateway takes tasks over HTTP, each answered with 202 once it is durable.</summary>
internal static class SubmissionsFigure
{
    private const int Clients = 64;
    private const int BatchClients = 8;

    private const string PostgresSingle = "ours, PostgreSQL, single";
    private const string PostgresBatch = "ours, PostgreSQL, batches of 1,000";

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "submissions",
        $"HTTP on kept-alive connections to one gateway, {Clients} for single tasks and {BatchClients} for batches, over {scale.BurnDownWorkspaces} workspaces for {scale.LoadTime.TotalSeconds} s, after two thirds of that to warm up; every answer is a 202. Nobody serves the tasks.",
        [
            new Contender(PostgresSingle, () => OnPostgresAsync(servers, scale, new SubmissionLoad(1, Clients))),
            new Contender("ours, PostgreSQL, batches of 100", () => OnPostgresAsync(servers, scale, new SubmissionLoad(100, BatchClients))),
            new Contender(PostgresBatch, () => OnPostgresAsync(servers, scale, new SubmissionLoad(1_000, BatchClients))),
            new Contender("ours, SQLite, single", () => OnSqliteAsync(scale, new SubmissionLoad(1, Clients))),
            new Contender("ours, SQLite, batches of 1,000", () => OnSqliteAsync(scale, new SubmissionLoad(1_000, BatchClients))),
        ],
        [
            Goal.AtLeast(PostgresSingle, SubmissionLoad.Single, 5_000),
            Goal.AtLeast(PostgresBatch, SubmissionLoad.InBatches, 20_000),
        ]);

    private static async Task<Sample> OnPostgresAsync(Servers servers, BenchmarkScale scale, SubmissionLoad load)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using (var store = OwnStore.OpenPostgres(schema.ConnectionString))
        {
            await PrepareAsync(store, scale);
        }

        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ConnectionStrings:Orchestrator"] = schema.ConnectionString });
        return load.Run(gateway, scale);
    }

    private static async Task<Sample> OnSqliteAsync(BenchmarkScale scale, SubmissionLoad load)
    {
        using var folder = new SqliteFolder();
        await using (var store = OwnStore.OpenSqlite(folder.Path))
        {
            await PrepareAsync(store, scale);
        }

        await using var gateway = await ServiceProcess.StartGatewayAsync(new Dictionary<string, string> { ["ORCHESTRATOR_DATA"] = folder.Path });
        return load.Run(gateway, scale);
    }

    private static async Task PrepareAsync(IStore store, BenchmarkScale scale)
    {
        await store.MigrateAsync(CancellationToken.None);
        await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
    }
}
