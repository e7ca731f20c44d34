using Orchestrator.Benchmarks.Contenders;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>Whether what waits makes it slower to find what can run.</summary>
internal static class BacklogFigure
{
    private const string Metric = "tasks/s";
    private const int Slots = 500;

    public static Figure Create(Servers servers, BenchmarkScale scale)
    {
        var few = $"{BaselineTasks(scale):#,0} queued in {scale.BurnDownWorkspaces} workspaces";
        var many = $"{scale.Backlog:#,0} queued in {scale.BacklogWorkspaces:#,0} workspaces";
        var behind = $"{scale.Unrunnable:#,0} unrunnable in front";
        return new Figure(
            "backlog",
            $"One silo of {Slots} slots on PostgreSQL; tasks that take no time. Tasks a second over {scale.BacklogWindow:#,0} ends, after {Start(scale):#,0} ends to warm up. The unrunnable ones rank before all others and are in equal parts scheduled, blocked, of an action that nobody serves, and in a paused workspace; but for those, the stock behind them is that of the first contender.",
            [
                new Contender(few, () => MeasureAsync(servers, scale, scale.BurnDownWorkspaces, BaselineTasks(scale), unrunnable: 0)),
                new Contender(many, () => MeasureAsync(servers, scale, scale.BacklogWorkspaces, scale.Backlog, unrunnable: 0)),
                new Contender(behind, () => MeasureAsync(servers, scale, scale.BurnDownWorkspaces, BaselineTasks(scale), scale.Unrunnable)),
            ],
            [
                Goal.AtLeast(many, Metric, 0.9) with { RelativeTo = few },
                Goal.AtLeast(behind, Metric, 0.95) with { RelativeTo = few },
            ]);
    }

    private static async Task<Sample> MeasureAsync(Servers servers, BenchmarkScale scale, int workspaces, int tasks, int unrunnable)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using (var store = OwnStore.OpenPostgres(schema.ConnectionString))
        {
            await store.MigrateAsync(CancellationToken.None);
            await OwnStore.CreateWorkspacesAsync(store, workspaces);
            if (unrunnable > 0)
            {
                await UnrunnableTasks.SubmitAsync(store, workspaces, unrunnable);
            }

            await OwnStore.SubmitAsync(store, workspaces, tasks);
            await Servers.SettleAsync(schema);
        }

        await using var silos = await OwnSilos.StartAsync(schema, count: 1, Slots);
        return new Sample { [Metric] = await BurnDownWindow.MeasureAsync(schema, Start(scale), scale.BacklogWindow) };
    }

    private static int Start(BenchmarkScale scale) => scale.BacklogWindow / 5;

    // Some are left over, so that the last measured ones are not the last of all.
    private static int BaselineTasks(BenchmarkScale scale) => scale.BacklogWindow * 3 / 2;
}
