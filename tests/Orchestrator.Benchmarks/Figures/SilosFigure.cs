using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Storage;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>Whether the same slots work as fast when they are spread over more silos.</summary>
internal static class SilosFigure
{
    private const string Metric = "tasks/s";
    private const int Slots = 64;
    private const int WarmUpTasksPerSilo = 1_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "silos",
        $"{scale.BurnDownTasks:#,0} tasks that take no time stand ready in {scale.BurnDownWorkspaces} paused workspaces, which are resumed once all silos have warmed up on others; {Slots} slots in all. Tasks a second from the first start to the last end.",
        [.. new[] { 1, 2, 4 }.Select(count => new Contender(Name(count), () => MeasureAsync(servers, scale, count)))],
        [
            Goal.AtLeast(Name(4), Metric, 0.9) with { RelativeTo = Name(1) },
        ]);

    private static string Name(int count) => $"{count}×{Slots / count}";

    private static async Task<Sample> MeasureAsync(Servers servers, BenchmarkScale scale, int count)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using var store = OwnStore.OpenPostgres(schema.ConnectionString);
        await store.MigrateAsync(CancellationToken.None);
        await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
        foreach (var i in Enumerable.Range(0, scale.BurnDownWorkspaces))
        {
            await store.Workspaces.PauseAsync(OwnStore.Workspace(i), until: null, CancellationToken.None);
        }

        await OwnStore.SubmitAsync(store, scale.BurnDownWorkspaces, scale.BurnDownTasks);
        await Servers.SettleAsync(schema);
        await using var silos = await OwnSilos.StartAsync(schema, count, Slots / count);
        await WarmUpAsync(schema, store, count * WarmUpTasksPerSilo);

        foreach (var i in Enumerable.Range(0, scale.BurnDownWorkspaces))
        {
            await store.Workspaces.ResumeAsync(OwnStore.Workspace(i), CancellationToken.None);
        }

        await OwnHints.TasksAreReadyAsync(store);
        return new Sample { [Metric] = await MeasureAsync(schema, scale.BurnDownTasks) };
    }

    private static async Task WarmUpAsync(IsolatedSchema schema, IStore store, int tasks)
    {
        await OwnStore.SubmitAsync(store, tasks, _ => IWorkspaceStore.DefaultWorkspace, _ => OwnStore.NewTask());
        await OwnHints.TasksAreReadyAsync(store);
        using var limit = new CancellationTokenSource(Limit);
        while ((await schema.QueryAsync<long>("select count(*) from finished_tasks"))[0] < tasks)
        {
            await Task.Delay(Pause, limit.Token);
        }
    }

    private static async Task<double> MeasureAsync(IsolatedSchema schema, int tasks)
    {
        await BurnDown.WaitAsync(schema, tasks);
        var seconds = await schema.QueryAsync<double>("""
            select cast(extract(epoch from max(finished_at) - min(started_at)) as double precision)
            from finished_tasks
            where status = 'completed' and workspace_key <> (select key from workspaces where id = 'default')
            """);
        return tasks / seconds[0];
    }
}
