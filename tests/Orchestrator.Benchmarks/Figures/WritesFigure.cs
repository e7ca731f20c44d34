using Orchestrator.Benchmarks.Contenders;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>What the database writes for a task.</summary>
internal static class WritesFigure
{
    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "writes",
        $"What PostgreSQL writes for one of {scale.BurnDownTasks:#,0} tasks, from claim to end: bytes of WAL (of which each page's first change after the checkpoint before the measurement is a full page), commits, inserted tuples, and tuples that updates and deletions leave dead. Submissions are not counted.",
        [
            new Contender("ours, PostgreSQL, 64 slots", () => MeasureAsync(servers, scale, schema => RunSiloAsync(schema, scale.BurnDownTasks, 64))),
            new Contender("ours, PostgreSQL, 500 slots", () => MeasureAsync(servers, scale, schema => RunSiloAsync(schema, scale.BurnDownTasks, 500))),
            new Contender("SQL floor", () => MeasureAsync(servers, scale, SqlFloor.RunAsync)),
        ],
        []);

    private static async Task<Sample> MeasureAsync(Servers servers, BenchmarkScale scale, Func<IsolatedSchema, Task> workOff)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using (var store = OwnStore.OpenPostgres(schema.ConnectionString))
        {
            await store.MigrateAsync(CancellationToken.None);
            await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
            await OwnStore.SubmitAsync(store, scale.BurnDownWorkspaces, scale.BurnDownTasks);
        }

        await Servers.SettleAsync(schema);
        return await PostgresWrites.MeasureAsync(schema, scale.BurnDownTasks, () => workOff(schema));
    }

    private static async Task RunSiloAsync(IsolatedSchema schema, int tasks, int slots)
    {
        await using var silos = await OwnSilos.StartAsync(schema, count: 1, slots);
        await BurnDown.WaitAsync(schema, tasks);
    }
}
