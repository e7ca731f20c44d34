using Orchestrator.Benchmarks.Contenders;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>How many tasks a second one process with an SQLite file takes in and works off.</summary>
internal static class SqliteFigure
{
    public const string Singles = "ours, SQLite, single submissions";
    public const string Batches = "ours, SQLite, batches";

    private const string Metric = "tasks/s";
    private const int BatchSize = 500;

    public static Figure Create(BenchmarkScale scale) => new(
        "sqlite",
        $"An embedded gateway takes tasks over HTTP and works them off at the same time, synchronous=FULL: {scale.Submissions:#,0} one by one over 64 keep-alive connections, "
        + $"or {scale.BurnDownTasks:#,0} in batches of {BatchSize} over 4; tasks a second from the first submission to the last durable end.",
        [
            new Contender(Singles, () => MeasureAsync(scale, connections: 64, scale.Submissions, size: 1)),
            new Contender(Batches, () => MeasureAsync(scale, connections: 4, scale.BurnDownTasks / BatchSize, BatchSize)),
        ],
        [
            Goal.AtLeast(Singles, Metric, 4_000),
            Goal.AtLeast(Batches, Metric, 4_000),
        ]);

    private static async Task<Sample> MeasureAsync(BenchmarkScale scale, int connections, int requests, int size)
    {
        await using var gateway = await EmbeddedGateway.StartAsync(scale.BurnDownWorkspaces, tasks: 0);
        var bodies = Enumerable.Range(0, scale.BurnDownWorkspaces).Select(i => HttpSubmitter.Request(OwnStore.Workspace(i), size)).ToArray();
        await HttpSubmitter.RunAsync(gateway.Address, connections, requests, i => bodies[i % bodies.Length]);
        var result = await gateway.FinishAsync(requests * size);
        return new Sample { [Metric] = requests * size / result.WholeSeconds, ["MB RSS at most"] = result.PeakMegabytes };
    }
}
