using System.Text.Json;
using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Benchmarks.Hosts;
using Orchestrator.Benchmarks.Peers;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>How long a task waits for its worker to start when there is room.</summary>
internal static class PickupFigure
{
    private const string Postgres = "ours, PostgreSQL";
    private const string Sqlite = "ours, SQLite";

    /// <summary>So many have latencies at least, also where next to nothing was completed while the rate was measured.</summary>
    private const int LeastTasks = 10;

    public static Figure Create(Servers servers, BenchmarkScale scale)
    {
        // One rate for all, measured once a run.
        var rate = new Lazy<Task<double>>(async () => Math.Max(
            (await MixedFigure.MeasurePostgresAsync(servers, scale, scale.LoadTime / 3))[Mixed.Completed] / 5,
            LeastTasks / scale.LoadTime.TotalSeconds));
        return new(
            "pickup",
            "From the 202 (peers: from the return of the call that adds) to the start of the handler, which the worker stamps itself; at evenly spaced moments, at one fifth of what we complete of single submissions over HTTP on PostgreSQL.",
            [
                new Contender(Postgres, async () => await MeasureAsync(scale, await rate.Value, () => OwnGateway.OnPostgresAsync(servers, scale, StampHost.StartSiloAsync))),
                new Contender(Sqlite, async () => await MeasureAsync(scale, await rate.Value, () => OwnGateway.OnSqliteAsync(scale, StampHost.StartGatewayAsync))),
                .. Peer.All.Select(peer => new Contender(peer.Name, async () => await MeasurePeerAsync(servers, scale, peer, await rate.Value))),
            ],
            [
                Goal.AtMost(Postgres, PickupTimes.P50, 5),
                Goal.AtMost(Postgres, PickupTimes.P99, 20),
                Goal.AtMost(Postgres, PickupTimes.P99, 1) with { RelativeTo = Peer.GraphileWorker.Name },
                Goal.AtMost(Sqlite, PickupTimes.P50, 2),
            ]);
    }

    // At this rate it takes a while until what runs often is compiled well.
    private static TimeSpan WarmUp(BenchmarkScale scale) => 2 * scale.LoadTime;

    private static async Task<Sample> MeasureAsync(BenchmarkScale scale, double rate, Func<Task<OwnGateway>> open)
    {
        await using var own = await open();
        var times = SteadyLoad.Run(own.Address, scale.BurnDownWorkspaces, rate, WarmUp(scale) + scale.LoadTime);
        foreach (var result in await own.ReadResultsAsync())
        {
            times.OnStarted(result[0].GetInt32(), result[1].GetDouble());
        }

        return times.Summarize((int)(rate * WarmUp(scale).TotalSeconds), rate);
    }

    private static async Task<Sample> MeasurePeerAsync(Servers servers, BenchmarkScale scale, Peer peer, double rate)
    {
        await using var session = await PeerSession.OpenAsync(servers, scale, peer, tasks: 0);
        var worker = await session.StartAsync("work");
        var found = await session.RunAsync("steady", ("rate", rate), ("seconds", (WarmUp(scale) + scale.LoadTime).TotalSeconds));
        var calls = Numbers(found, "calls");
        var times = new PickupTimes(calls.Length / 3);
        for (var i = 0; i < calls.Length; i += 3)
        {
            times.OnAnswered((int)calls[i], calls[i + 1], calls[i + 2]);
        }

        // All are added; asked for what is left until nothing is, the worker has started all of them.
        while ((await PeerSession.AskAsync(worker, "left")).GetProperty("left").GetInt64() > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        var starts = Numbers(await PeerSession.AskAsync(worker, "starts"), "starts");
        for (var i = 0; i < starts.Length; i += 2)
        {
            times.OnStarted((int)starts[i], starts[i + 1]);
        }

        return times.Summarize((int)(rate * WarmUp(scale).TotalSeconds), rate);
    }

    private static double[] Numbers(JsonElement found, string name) => found.GetProperty(name).Deserialize<double[]>()!;
}
