using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Benchmarks.Peers;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>How fast a backlog of tasks that take no time is worked off.</summary>
internal static class BurnDownFigure
{
    private const string Metric = "tasks/s";
    private const string Postgres = "ours, PostgreSQL, 500 slots";
    private const string Floor = "SQL floor";

    // Batched completion makes the difference for graphile-worker, and is not its default; so both are shown.
    private static readonly IReadOnlyList<Peer> BurnDownPeers =
    [
        .. Peer.All,
        Peer.GraphileWorker with
        {
            Name = "graphile-worker, completion not batched",
            Settings = new Dictionary<string, object> { ["completeJobBatchDelay"] = -1 },
        },
    ];

    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "burn-down",
        $"{scale.BurnDownTasks:#,0} tasks that take no time stand ready in {scale.BurnDownWorkspaces} workspaces; tasks a second from the first start to the last durable end. Warmed up: of twice as many, the rate of the second half.",
        [
            new Contender("ours, PostgreSQL, 64 slots", () => MeasureSiloAsync(servers, scale, 64)),
            new Contender(Postgres, () => MeasureSiloAsync(servers, scale, 500)),
            new Contender($"{Postgres}, warmed up", () => MeasureWarmAsync(servers, scale, 500)),
            new Contender("ours, SQLite", () => MeasureEmbeddedAsync(scale)),
            new Contender(Floor, () => MeasureFloorAsync(servers, scale)),
            .. BurnDownPeers.Select(peer => new Contender(peer.Name, async () => new Sample { [Metric] = await PeerBurnDown.MeasureAsync(servers, scale, peer) })),
        ],
        [
            Goal.AtLeast(Postgres, Metric, 1.0) with { RelativeTo = Peer.GraphileWorker.Name },
            Goal.AtLeast(Postgres, Metric, 3.0) with { RelativeTo = Peer.PgBoss.Name },
            Goal.AtLeast(Postgres, Metric, 1.5) with { RelativeTo = Peer.BullMq.Name },
            Goal.AtLeast(Postgres, Metric, 0.6) with { RelativeTo = Floor },
        ]);

    private static async Task<Sample> MeasureSiloAsync(Servers servers, BenchmarkScale scale, int slots)
    {
        await using var schema = await servers.NewSchemaAsync();
        await PreloadAsync(schema, scale, scale.BurnDownTasks);
        await using var silos = await OwnSilos.StartAsync(schema, count: 1, slots);
        return new Sample { [Metric] = await BurnDown.MeasureAsync(schema, scale.BurnDownTasks) };
    }

    // As many more come first, of the same workspaces: by then what runs often is compiled well.
    private static async Task<Sample> MeasureWarmAsync(Servers servers, BenchmarkScale scale, int slots)
    {
        await using var schema = await servers.NewSchemaAsync();
        await PreloadAsync(schema, scale, 2 * scale.BurnDownTasks);
        await using var silos = await OwnSilos.StartAsync(schema, count: 1, slots);
        return new Sample { [Metric] = await BurnDownWindow.MeasureAsync(schema, scale.BurnDownTasks, scale.BurnDownTasks) };
    }

    private static async Task<Sample> MeasureEmbeddedAsync(BenchmarkScale scale)
    {
        await using var gateway = await EmbeddedGateway.StartAsync(scale.BurnDownWorkspaces, scale.BurnDownTasks);
        var result = await gateway.FinishAsync(scale.BurnDownTasks);
        return new Sample { [Metric] = scale.BurnDownTasks / result.WorkSeconds, ["MB RSS at most"] = result.PeakMegabytes };
    }

    private static async Task<Sample> MeasureFloorAsync(Servers servers, BenchmarkScale scale)
    {
        await using var schema = await servers.NewSchemaAsync();
        await PreloadAsync(schema, scale, scale.BurnDownTasks);
        await SqlFloor.RunAsync(schema);
        return new Sample { [Metric] = await BurnDown.MeasureAsync(schema, scale.BurnDownTasks) };
    }

    private static async Task PreloadAsync(IsolatedSchema schema, BenchmarkScale scale, int tasks)
    {
        await using var store = OwnStore.OpenPostgres(schema.ConnectionString);
        await store.MigrateAsync(CancellationToken.None);
        await OwnStore.CreateWorkspacesAsync(store, scale.BurnDownWorkspaces);
        await OwnStore.SubmitAsync(store, scale.BurnDownWorkspaces, tasks);
        await Servers.SettleAsync(schema);
    }
}
