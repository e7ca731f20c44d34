using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Benchmarks.Peers;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Figures;

/// <summary>What is completed while producers and workers run together.</summary>
internal static class MixedFigure
{
    public static Figure Create(Servers servers, BenchmarkScale scale) => new(
        "mixed",
        $"64 producers submit single tasks one after another (ours over HTTP keep-alive, peers by 64 concurrent calls in one process) while one worker process takes them; tasks completed a second over {scale.LoadTime.TotalSeconds:0} s.",
        [
            new Contender("ours, PostgreSQL", () => MeasurePostgresAsync(servers, scale, scale.LoadTime)),
            new Contender("ours, SQLite", () => MeasureSqliteAsync(scale)),
            .. Peer.All.Select(peer => new Contender(peer.Name, () => MeasurePeerAsync(servers, scale, peer))),
        ],
        []);

    public static async Task<Sample> MeasurePostgresAsync(Servers servers, BenchmarkScale scale, TimeSpan watched)
    {
        await using var own = await OwnGateway.OnPostgresAsync(servers, scale, ServiceProcess.StartSiloAsync);
        return await Mixed.MeasureAsync(own, scale, watched);
    }

    private static async Task<Sample> MeasureSqliteAsync(BenchmarkScale scale)
    {
        await using var own = await OwnGateway.OnSqliteAsync(scale, ServiceProcess.StartGatewayAsync);
        return await Mixed.MeasureAsync(own, scale, scale.LoadTime);
    }

    private static async Task<Sample> MeasurePeerAsync(Servers servers, BenchmarkScale scale, Peer peer)
    {
        await using var session = await PeerSession.OpenAsync(servers, scale, peer, tasks: 0);
        return await Mixed.MeasureAsync(session, scale.LoadTime);
    }
}
