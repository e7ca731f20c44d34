using System.Diagnostics;
using Orchestrator.Benchmarks.Contenders;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>Whether people who look on slow the work down.</summary>
internal static class FeedFigure
{
    private const string Metric = "tasks/s";
    private const string Nobody = "nobody looks on";
    private const string Viewers = "50 clients, 10 of which never read";
    private const int Readers = 40;
    private const int Silent = 10;
    private const int Slots = 64;

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "feed",
        $"A gateway, a silo of {Slots} slots, and {2 * scale.BurnDownTasks:#,0} tasks that take no time; of the second half tasks a second. The clients of the live feed run on the same machine, and so count as well.",
        [
            new Contender(Nobody, () => MeasureAsync(servers, scale, watched: false)),
            new Contender(Viewers, () => MeasureAsync(servers, scale, watched: true)),
        ],
        [
            Goal.AtLeast(Viewers, Metric, 0.95) with { RelativeTo = Nobody },
        ]);

    private static async Task<Sample> MeasureAsync(Servers servers, BenchmarkScale scale, bool watched)
    {
        await using var schema = await servers.NewSchemaAsync();
        await using (var store = OwnStore.OpenPostgres(schema.ConnectionString))
        {
            await store.MigrateAsync(CancellationToken.None);
            await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
            await OwnStore.SubmitAsync(store, scale.BurnDownWorkspaces, 2 * scale.BurnDownTasks);
        }

        await Servers.SettleAsync(schema);
        await using var gateway = await ServiceProcess.StartGatewayAsync(OwnSettings.OnPostgres(schema.ConnectionString));
        await using var viewers = watched ? await FeedViewers.ConnectAsync(gateway.Client.BaseAddress!, Readers, Silent) : null;
        await using var silos = await OwnSilos.StartAsync(schema, count: 1, Slots);
        var started = Stopwatch.StartNew();
        var sample = new Sample { [Metric] = await BurnDownWindow.MeasureAsync(schema, scale.BurnDownTasks, scale.BurnDownTasks) };
        if (viewers is not null)
        {
            sample["messages/s, all clients"] = viewers.Messages / started.Elapsed.TotalSeconds;
        }

        return sample;
    }
}
