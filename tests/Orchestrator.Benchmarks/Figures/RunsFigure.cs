using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Storage;
using Orchestrator.Storage.Workspaces;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>What it costs that tasks are steps of runs.</summary>
internal static class RunsFigure
{
    private const string Metric = "tasks/s";
    private const string Plain = "plain tasks";
    private const string Runs = "runs of five steps";
    private const int Silos = 2;
    private const int Slots = 64;
    private const int Workspaces = 100;
    private const int WarmUpRuns = 60_000;

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "runs",
        $"{scale.Runs:#,0} runs of {OwnRuns.Steps} steps in a row, each of which reads the output of the one before it, and as many plain tasks as they have steps: over {Workspaces} workspaces, on {Silos} silos of {Slots} slots that have warmed up on the same. Tasks a second from the first submission to the last end.",
        [
            new Contender(Plain, () => MeasureAsync(servers, scale, (store, _, runs, workspace) => SubmitAsync(store, runs, workspace))),
            new Contender(Runs, () => MeasureAsync(servers, scale, OwnRuns.StartAsync)),
        ],
        [
            Goal.AtLeast(Runs, Metric, 1 / 1.5) with { RelativeTo = Plain },
        ]);

    private static async Task<Sample> MeasureAsync(Servers servers, BenchmarkScale scale, Func<IStore, long, int, Func<int, string>, Task> startAsync)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using var store = OwnStore.OpenPostgres(schema.ConnectionString);
        await store.MigrateAsync(CancellationToken.None);
        await OwnStore.CreateWorkspacesAsync(store, Workspaces);
        var definition = await OwnRuns.PublishAsync(store);
        await using var silos = await OwnSilos.StartAsync(schema, Silos, Slots);

        await startAsync(store, definition, WarmUpRuns, _ => IWorkspaceStore.DefaultWorkspace);
        await OwnHints.TasksAreReadyAsync(store);
        await BurnDown.WaitAsync(schema, WarmUpRuns * OwnRuns.Steps);

        var starting = startAsync(store, definition, scale.Runs, static number => OwnStore.Workspace(number % Workspaces));
        while (!starting.IsCompleted)
        {
            await OwnHints.TasksAreReadyAsync(store);
            await Task.WhenAny(starting, Task.Delay(TimeSpan.FromMilliseconds(10)));
        }

        await starting;
        await OwnHints.TasksAreReadyAsync(store);
        return new Sample { [Metric] = await MeasureAsync(schema, scale.Runs * OwnRuns.Steps) };
    }

    private static Task SubmitAsync(IStore store, int runs, Func<int, string> workspace) =>
        OwnStore.SubmitAsync(store, runs * OwnRuns.Steps, number => workspace(number / OwnRuns.Steps), static _ => OwnStore.NewTask());

    private static async Task<double> MeasureAsync(IsolatedSchema schema, int tasks)
    {
        await BurnDown.WaitAsync(schema, tasks + (WarmUpRuns * OwnRuns.Steps));
        var measured = await schema.QueryAsync<string>("""
            select count(*) || ' ' || extract(epoch from max(finished_at) - min(created_at))
            from finished_tasks
            where status = 'completed' and workspace_key <> (select key from workspaces where id = 'default')
            """);
        var parts = measured[0].Split(' ');
        var completed = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        return completed == tasks
            ? tasks / double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{completed} of {tasks} tasks completed.");
    }
}
