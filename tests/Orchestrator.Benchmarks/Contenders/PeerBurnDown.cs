using Orchestrator.Benchmarks.Peers;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>
/// Has a peer work off jobs that take no time, in one process. Its script times from the start of the first handler until the
/// store holds no job that is not completed: with batched completion that is later than the end of the last handler.
/// </summary>
internal static class PeerBurnDown
{
    /// <summary>Jobs a second.</summary>
    public static async Task<double> MeasureAsync(Servers servers, BenchmarkScale scale, Peer peer)
    {
        await using var session = await PeerSession.OpenAsync(servers, scale, peer, scale.BurnDownTasks);
        var found = await session.RunAsync("burn", ("tasks", scale.BurnDownTasks));
        var handled = found.GetProperty("handled").GetInt32();
        return handled == scale.BurnDownTasks
            ? handled / found.GetProperty("microseconds").GetDouble() * 1e6
            : throw new InvalidOperationException($"{peer.Name} handled {handled} of {scale.BurnDownTasks} jobs.");
    }
}
