using Orchestrator.Benchmarks.Figures;
using Orchestrator.Benchmarks.Peers;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>
/// Producers that each submit one task after another, and workers that take what comes. After a warm-up a window is
/// watched in which both run.
/// </summary>
internal static class Mixed
{
    public const string Completed = "completed/s";
    public const string Queued = "queued at the end";

    private const int Producers = 64;

    public static async Task<Sample> MeasureAsync(OwnGateway own, BenchmarkScale scale, TimeSpan watched)
    {
        var warmUp = watched;
        const string Body = $$$"""{"action":"{{{OwnStore.Action}}}","input":{"latencyMs":0}}""";
        var requests = Enumerable.Range(0, scale.BurnDownWorkspaces).Select(i => HttpConnection.Post($"/api/v1/workspaces/{OwnStore.Workspace(i)}/tasks", Body)).ToList();
        var from = DateTimeOffset.UtcNow + warmUp;
        var took = HttpLoad.Run(own.Address, Producers, warmUp, watched, requests);
        var left = await own.CountLeftAsync();
        return Summarize(took.Count, await own.CountEndedAsync(from, from + watched), watched.TotalSeconds, left);
    }

    public static async Task<Sample> MeasureAsync(PeerSession session, TimeSpan watched)
    {
        var worker = await session.StartAsync("work");
        var producer = await session.StartAsync("flood", ("callers", Producers));
        await Task.Delay(watched / 5);
        var begin = await CountAsync(worker, producer);
        await Task.Delay(watched);
        var end = await CountAsync(worker, producer);
        var left = (await PeerSession.AskAsync(worker, "left")).GetProperty("left").GetInt64();
        return Summarize(end.Added - begin.Added, end.Handled - begin.Handled, (end.At - begin.At) / 1e6, left);
    }

    private static async Task<(double At, long Handled, long Added)> CountAsync(HelperProcess worker, HelperProcess producer)
    {
        var handled = await PeerSession.AskAsync(worker, "count");
        var added = await PeerSession.AskAsync(producer, "count");
        return (handled.GetProperty("at").GetDouble(), handled.GetProperty("count").GetInt64(), added.GetProperty("count").GetInt64());
    }

    private static Sample Summarize(long submitted, long completed, double seconds, long left) => new()
    {
        [Completed] = completed / seconds,
        ["submitted/s"] = submitted / seconds,
        [Queued] = left,
    };
}
